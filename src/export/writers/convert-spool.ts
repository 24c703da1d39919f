import type { Flattener, Table } from "../../analytics/table.ts";
import { parseRecord } from "../../analytics/tables/record-text.ts";
import { OutputError } from "../../core/errors.ts";
import type { WrittenFile } from "../written-file.ts";
import { type Compression, openCompression } from "./compression.ts";
import type { Format } from "./extension.ts";
import { writeNdjson } from "./ndjson-file.ts";
import { LineCutter, readBlocks } from "./spool-blocks.ts";
import type { TableFile } from "./table-file.ts";

export interface ConvertOptions {
  /** A finished spool: a record a line, as the server sent it. */
  readonly spoolPath: string;
  /** What makes tables of the records; not asked when they stay as they are. */
  readonly flattener: Flattener | null;
  readonly format: Format;
  readonly compression: Compression;
  /** The table that records are which stay as they are. */
  readonly ndjsonTable: string;
  /** The path of the file of a table. */
  readonly fileFor: (table: string) => string;
  /** Whether CSV begins with the names of the columns, and whether it is guarded against formulas. */
  readonly csvHeader: boolean;
  readonly guardFormulas: boolean;
  readonly signal: AbortSignal;
}

/**
 * Makes the files of a format from a finished spool: always the same bytes from the same spool, however often it
 * is done over. Every table has its file, also an empty one. When this resolves the files are durable; when it
 * fails they are closed, and incomplete.
 * @throws OutputError `output.disk_full`, `output.write`, `output.read`
 * @throws OutputError `export.record` for a line that is no JSON
 * @throws InterruptedError when the signal says so
 */
export async function convertSpool(options: ConvertOptions): Promise<readonly WrittenFile[]> {
  const { flattener, format, fileFor, ndjsonTable: table } = options;
  if (flattener !== null && format !== "ndjson") return await writeTables(options, flattener);
  const compress = await openCompression(options.compression);
  return [await writeNdjson({ ...options, table, path: fileFor(table), compress })];
}

async function writeTables(options: ConvertOptions, flattener: Flattener): Promise<readonly WrittenFile[]> {
  const files: TableFile[] = [];
  let writing: Promise<unknown> = Promise.resolve();
  try {
    const create = await openFormat(options);
    for (const table of flattener.tables) files.push(await create(table));
    const cutter = new LineCutter();
    const onLine = lineReader(options.spoolPath, flattener, files);
    for await (const block of readBlocks(options.spoolPath, options.signal)) {
      cutter.cut(block, onLine);
      // While these are compressed and written the next block is made into rows, but no more than one.
      await writing;
      writing = Promise.all(files.map(async (file) => await file.flush()));
      // Looked at above and below; until then nobody shall call it unhandled.
      writing.catch(() => undefined);
    }
    cutter.end(onLine);
    await writing;
    const written: WrittenFile[] = [];
    for (const file of files) written.push(await file.finish());
    return written;
  } catch (error) {
    await writing.catch(() => undefined);
    await Promise.all(files.map(async (file) => await file.abandon()));
    throw error;
  }
}

/** Makes rows of each line, and puts them into the files, which are in the order of the flattener's tables. */
function lineReader(spoolPath: string, flattener: Flattener, files: readonly TableFile[]) {
  let lines = 0;
  return (line: string): void => {
    lines += 1;
    flattener.flatten(recordOf(line, lines, spoolPath), (table, row) => files[table]?.add(row));
  };
}

function recordOf(line: string, number: number, spoolPath: string) {
  try {
    return parseRecord(line);
  } catch (cause) {
    throw new OutputError("export.record", `line ${number} of \`${spoolPath}\` is no JSON`, { cause });
  }
}

/** How a file of the format is opened; the libraries are loaded here, and only those that are needed. */
async function openFormat(options: ConvertOptions): Promise<(table: Table) => Promise<TableFile>> {
  const { format, compression, fileFor, csvHeader: header, guardFormulas } = options;
  if (format === "parquet") {
    const { ParquetFile, openPageCompression } = await import("./parquet.ts");
    const compress = await openPageCompression(compression);
    return async (table) =>
      await ParquetFile.create(table, { path: fileFor(table.name), compression, compress });
  }
  const { CsvFile } = await import("./csv-file.ts");
  const compress = await openCompression(compression);
  return async (table) =>
    await CsvFile.create(table, { path: fileFor(table.name), compress, header, guardFormulas });
}
