import { rm } from "node:fs/promises";
import { IncompleteError } from "../../core/errors.ts";
import type { Layout } from "../destination/destination.ts";
import { moveIntoPlace } from "../files/move-into-place.ts";
import { readBack } from "../files/read-back.ts";
import type { PartFile } from "../files/written-file.ts";
import type { Compression } from "../writers/compression.ts";
import { FORMATS, type Format } from "../writers/formats.ts";
import type { Part } from "./part.ts";
import type { PartJournal } from "./part-journal.ts";
import type { SpoolConversion } from "./spool-conversion.ts";
import type { SpoolReadBack } from "./spool-read-back.ts";
import { removeOvertakenTail } from "./superseded-tails.ts";

export interface FinishOptions {
  readonly part: Part;
  readonly journal: PartJournal;
  readonly layout: Layout;
  readonly format: Format;
  readonly compression: Compression;
  /** Name of the only table when there is no flattener. */
  readonly table: string;
  readonly conversion: Pick<SpoolConversion, "finish">;
  readonly spoolReadBack: Pick<SpoolReadBack, "finish">;
}

/**
 * Creates a part's files from its spool, moves them into place and reads them back. After a crash at any point,
 * repeating this call gives the same result, because each file is written elsewhere and then renamed.
 * @throws OutputError; IncompleteError when a file does not contain what was written
 */
export async function finishPart(options: FinishOptions): Promise<void> {
  const { journal, part, layout } = options;
  const { number, check: guard } = layout.ownership;
  if (journal.state.phase === "fetched") {
    const files = await convert(options);
    await journal.append({ kind: "converted", files });
  }
  if (journal.state.phase !== "converted") return;
  const { files } = journal.state;
  for (const { table } of files) {
    const to = layout.finalPath(part, table);
    await moveIntoPlace(workPathOf(options, table), to, { guard, within: layout.outerDirectory });
  }
  const seals: string[] = [];
  for (const file of files) seals.push(await sealOf(options, file));
  // The day now contains the records of its provisional tail, so the tail is removed. After a crash at this point,
  // placing the part again completes the removal.
  if (!part.isProvisional) await removeOvertakenTail(layout, part);
  // Removes the spool before marking the part as placed, because a placed part no longer looks for its spool.
  await guard();
  await rm(layout.spoolPath(part.key), { force: true });
  await journal.append({ kind: "placed", owner: number, seals });
}

/** Reads back a placed file. @returns its seal */
async function sealOf(options: FinishOptions, file: PartFile): Promise<string> {
  const path = options.layout.finalPath(options.part, file.table);
  const found = isSpoolItself(options) ? await options.spoolReadBack.finish(path) : await readBack(path);
  const isWhole = found?.sha256 === file.sha256 && found.bytes === file.bytes;
  // If the spool itself is the file, each record is one line, so the line count confirms the number of records.
  const hasRows = !isSpoolItself(options) || found?.lines === file.rows;
  if (found !== null && isWhole && hasRows) return found.seal;
  throw new IncompleteError(
    "export.read_back",
    `\`${path}\` does not contain the data that was written to it`,
    {
      hint: "check the disk, then add `--resume` to the same command: the part is fetched again",
    },
  );
}

async function convert(options: FinishOptions): Promise<readonly PartFile[]> {
  const { journal, layout, table, conversion } = options;
  const { page, records, sha256 } = journal.state;
  const bytes = page?.bytes ?? 0;
  await layout.ownership.check();
  if (isSpoolItself(options)) return [{ table, bytes, rows: records, sha256 }];
  const files = await conversion.finish(bytes);
  return files.map(({ path: _path, ...file }) => file);
}

/** Returns whether the spool itself becomes the file, as it does for uncompressed NDJSON. */
export function isSpoolItself({
  format,
  compression,
}: Pick<FinishOptions, "format" | "compression">): boolean {
  return FORMATS[format].openTables === null && compression === "none";
}

/** Returns the path of a part's table before it is placed. */
export function workPathOf(
  options: Pick<FinishOptions, "format" | "compression" | "layout" | "part">,
  table: string,
): string {
  const { layout, part } = options;
  return isSpoolItself(options) ? layout.spoolPath(part.key) : layout.workPath(part.key, table);
}
