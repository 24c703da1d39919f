import { rm } from "node:fs/promises";
import { IncompleteError } from "../../core/errors.ts";
import type { Layout } from "../destination/destination.ts";
import { moveIntoPlace } from "../files/move-into-place.ts";
import { hasSameContent, type ReadBack, readBack, readSeal } from "../files/read-back.ts";
import type { FileDraft, PartFile } from "../files/written-file.ts";
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
 * Creates a part's files from its spool, reads them back and moves them into place. After a crash at any point,
 * repeating this call gives the same result, because each file is written elsewhere and then renamed.
 * @throws OutputError; IncompleteError when a file does not contain what was written
 */
export async function finishPart(options: FinishOptions): Promise<void> {
  const { journal, part, layout } = options;
  const { number, check: guard } = layout.ownership;
  const read = new Map<string, ReadBack>();
  if (journal.state.phase === "fetched") {
    const files: PartFile[] = [];
    for (const file of await convert(options)) {
      const found = await readDraft(options, file);
      const { table, bytes, rows } = file;
      read.set(table, found);
      files.push({ table, bytes, rows, sha256: found.sha256 });
    }
    await journal.append({ kind: "converted", files });
  }
  if (journal.state.phase !== "converted") return;
  const { files } = journal.state;
  for (const { table } of files) {
    const to = layout.finalPath(part, table);
    await moveIntoPlace(workPathOf(options, table), to, { guard, within: layout.outerDirectory });
  }
  const seals: string[] = [];
  for (const file of files) seals.push(await sealOf(options, file, read.get(file.table)?.seal ?? null));
  // The day now contains the records of its provisional tail, so the tail is removed. After a crash at this point,
  // placing the part again completes the removal.
  if (!part.isProvisional) await removeOvertakenTail(layout, part);
  // Removes the spool before marking the part as placed, because a placed part no longer looks for its spool.
  await guard();
  await rm(layout.spoolPath(part.key), { force: true });
  await journal.append({ kind: "placed", owner: number, seals });
}

/**
 * Reads back a file before it is moved into place.
 * @throws IncompleteError `export.read_back` when it differs from the written data
 */
async function readDraft(
  options: FinishOptions,
  { table, bytes, rows, crc32 }: FileDraft,
): Promise<ReadBack> {
  const path = workPathOf(options, table);
  const isSpool = isSpoolItself(options);
  const found = isSpool ? await options.spoolReadBack.finish() : await readBack(path);
  const isWhole = found?.bytes === bytes && (crc32 === null || found.crc32 === crc32);
  // If the spool itself is the file, each record is one line, so the line count confirms the number of records.
  if (found !== null && isWhole && (!isSpool || found.lines === rows)) return found;
  throw damaged(path);
}

/**
 * Returns the seal of a placed file. The file is read back unless it was read back under its earlier name.
 * @param readAs the seal under that name; null when this process has not read the file
 * @throws IncompleteError `export.read_back` when it differs from the written data
 */
async function sealOf(
  { layout, part }: FinishOptions,
  file: PartFile,
  readAs: string | null,
): Promise<string> {
  const path = layout.finalPath(part, file.table);
  const seal = readAs === null ? null : await readSeal(path);
  if (seal !== null && readAs !== null && hasSameContent(seal, readAs)) return seal;
  const found = await readBack(path);
  if (found?.sha256 === file.sha256 && found.bytes === file.bytes) return found.seal;
  throw damaged(path);
}

function damaged(path: string): IncompleteError {
  return new IncompleteError(
    "export.read_back",
    `\`${path}\` does not contain the data that was written to it`,
    {
      hint: "check the disk, then add `--resume` to the same command: the part is fetched again",
    },
  );
}

async function convert(options: FinishOptions): Promise<readonly FileDraft[]> {
  const { journal, layout, table, conversion } = options;
  const { page, records } = journal.state;
  const bytes = page?.bytes ?? 0;
  await layout.ownership.check();
  if (!isSpoolItself(options)) return await conversion.finish(bytes);
  return [{ table, bytes, rows: records, crc32: page?.crc32 ?? null }];
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
