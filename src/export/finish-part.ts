import { rm } from "node:fs/promises";
import type { Flattener } from "../analytics/table.ts";
import type { Layout } from "./destination.ts";
import type { Part } from "./part.ts";
import type { PartJournal } from "./part-journal.ts";
import { place } from "./place.ts";
import { dropOvertakenTail } from "./superseded-tails.ts";
import type { Compression } from "./writers/compression.ts";
import { FORMATS, type Format } from "./writers/formats.ts";
import type { WrittenFile } from "./written-file.ts";

export interface FinishOptions {
  readonly part: Part;
  readonly journal: PartJournal;
  readonly layout: Layout;
  readonly format: Format;
  readonly compression: Compression;
  /** Null for records as they are. */
  readonly flattener: Flattener | null;
  /** The name of the table of records as they are. */
  readonly table: string;
  readonly csvHeader: boolean;
  readonly guardFormulas: boolean;
  readonly signal: AbortSignal;
}

/**
 * Makes a part's files from its spool and puts them where they belong. Whatever the instant of a crash, doing it
 * again gives the same: files are written beside, whole, and then take their names.
 * @throws OutputError
 */
export async function finishPart(options: FinishOptions): Promise<void> {
  const { journal, part, layout } = options;
  if (journal.state.phase === "fetched") {
    const files = await convert(options);
    await journal.append({ kind: "converted", files });
  }
  if (journal.state.phase !== "converted") return;
  for (const file of journal.state.files) {
    await place(workPathOf(options, file.table), file.path);
  }
  // The day and the tail it overtook hold the same: a crash in between is mended by placing the part again.
  if (!part.isProvisional) await dropOvertakenTail(layout, part);
  // Before the last word about the part: behind it nobody looks for the spool any more.
  await rm(layout.spoolPath(part.key), { force: true });
  await journal.append({ kind: "placed" });
}

async function convert(options: FinishOptions): Promise<readonly WrittenFile[]> {
  const { part, journal, layout, format, compression, table } = options;
  const finalPathOf = (name: string) => layout.finalPath(part, name);
  if (isSpoolItself(options)) {
    const { page, records, sha256 } = journal.state;
    return [{ table, path: finalPathOf(table), bytes: page?.bytes ?? 0, rows: records, sha256 }];
  }
  const { convertSpool } = await import("./writers/convert-spool.ts");
  const files = await convertSpool({
    spoolPath: layout.spoolPath(part.key),
    flattener: options.flattener,
    ndjsonTable: table,
    format,
    compression,
    fileFor: (name) => layout.workPath(part.key, name),
    csvHeader: options.csvHeader,
    guardFormulas: options.guardFormulas,
    signal: options.signal,
  });
  return files.map((file) => ({ ...file, path: finalPathOf(file.table) }));
}

/** Records as they are, uncompressed, are what the spool holds: it becomes the file. */
function isSpoolItself({ format, compression }: Pick<FinishOptions, "format" | "compression">): boolean {
  return FORMATS[format].openTables === null && compression === "none";
}

/** Where a table of a part is until it is placed. */
export function workPathOf(
  options: Pick<FinishOptions, "format" | "compression" | "layout" | "part">,
  table: string,
): string {
  const { layout, part } = options;
  return isSpoolItself(options) ? layout.spoolPath(part.key) : layout.workPath(part.key, table);
}
