import type { Flattener } from "../../analytics/table.ts";
import { parseRecord } from "../../analytics/tables/record-text.ts";
import { OutputError } from "../../core/errors.ts";
import type { Guard } from "../files/guard.ts";
import type { WrittenFile } from "../files/written-file.ts";
import { openCompression } from "./compression.ts";
import { type CreateTableFile, FORMATS, type Format, type TableFileOptions } from "./formats.ts";
import { writeNdjson } from "./ndjson-file.ts";
import { LineCutter, readBlocks } from "./spool-blocks.ts";
import type { TableFile } from "./table-file.ts";

/** A finished part, and the files to make of it. */
export interface ConvertOptions extends TableFileOptions {
  /** A finished spool: one record per line, as the server sent it. */
  readonly spoolPath: string;
  /** Makes rows of the records; null where the format keeps them as they are. */
  readonly flattener: Flattener | null;
  readonly format: Format;
  /** Name of the table of records that stay as they are. */
  readonly ndjsonTable: string;
  readonly signal: AbortSignal;
  /** Called before the tables of each block of the spool are written. */
  readonly guard: Guard;
}

/**
 * Converts a finished spool into the files of a format. The same spool always gives the same bytes. Every table
 * has a file, even an empty one. The files are durable when this resolves, and closed but incomplete when it fails.
 * @throws OutputError `output.disk_full`, `output.write`, `output.read`
 * @throws OutputError `export.record` for a line that is not JSON
 * @throws InterruptedError when the signal is aborted
 */
export async function convertSpool(options: ConvertOptions): Promise<readonly WrittenFile[]> {
  const { flattener, format, fileFor, ndjsonTable: table } = options;
  const { openTables } = FORMATS[format];
  if (flattener !== null && openTables !== null) {
    return await writeTables(options, flattener, await openTables(options));
  }
  const compress = await openCompression(options.compression);
  return [await writeNdjson({ ...options, table, path: fileFor(table), compress })];
}

async function writeTables(
  { spoolPath, signal, guard }: ConvertOptions,
  flattener: Flattener,
  create: CreateTableFile,
): Promise<readonly WrittenFile[]> {
  const files: TableFile[] = [];
  let writing: Promise<unknown> = Promise.resolve();
  try {
    for (const table of flattener.tables) files.push(await create(table));
    const cutter = new LineCutter();
    const onLine = lineReader(spoolPath, flattener, files);
    for await (const block of readBlocks(spoolPath, signal)) {
      cutter.cut(block, onLine);
      // The next block becomes rows while this one is compressed and written; never more than one ahead.
      await writing;
      await guard();
      writing = Promise.all(files.map(async (file) => await file.flush()));
      // Awaited above and below; this handler prevents an unhandled-rejection warning.
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

/** Returns a reader that adds the rows of each line to the files, which have the order of the flattener's tables. */
function lineReader(spoolPath: string, flattener: Flattener, files: readonly TableFile[]) {
  let lines = 0;
  return (line: string): void => {
    lines += 1;
    try {
      flattener.flatten(recordOf(line, lines, spoolPath), (table, row) => files[table]?.add(row));
    } catch (cause) {
      // V8 walks nested values by recursion and throws when its stack is used up.
      if (!(cause instanceof RangeError)) throw cause;
      throw new OutputError(
        "export.record",
        `line ${lines} of \`${spoolPath}\` is nested too deeply for a table`,
        {
          hint: "export it with `--format ndjson`, which keeps records as they are",
          cause,
        },
      );
    }
  };
}

function recordOf(line: string, number: number, spoolPath: string) {
  try {
    return parseRecord(line);
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw new OutputError("export.record", `line ${number} of \`${spoolPath}\` is not JSON`, { cause });
  }
}
