import { isAscii } from "node:buffer";
import type { Flattener } from "../../analytics/table.ts";
import type { CellTape } from "../../analytics/tables/bytes/cell-tape.ts";
import { RecordReader } from "../../analytics/tables/bytes/record-reader.ts";
import { parseRecord } from "../../analytics/tables/record-text.ts";
import { isTreeFlattener } from "../../analytics/tables/record-tree.ts";
import { type Compress, openCompression } from "../writers/compression.ts";
import { type EncodingOptions, FORMATS, type Format } from "../writers/formats.ts";
import type { TableEncoder } from "../writers/table-file.ts";
import type { BadLine, Chunk, EncodeChunk, EncodedChunk } from "./chunk.ts";
import { LineCutter, type OnLine, readBlocks } from "./spool-blocks.ts";

export interface ChunkEncoderOptions extends EncodingOptions {
  readonly format: Format;
  /** Converts records to rows; null when the format keeps records as they are. */
  readonly flattener: Flattener | null;
}

const LINE_FEED = 0x0a;

/** Returns an encoder that runs in the current thread and encodes one chunk at a time. */
export async function openChunkEncoder(
  options: ChunkEncoderOptions,
  signal: AbortSignal,
): Promise<EncodeChunk> {
  const { flattener, format } = options;
  const { openTables } = FORMATS[format];
  if (flattener === null || openTables === null) {
    const compress = await openCompression(options.compression);
    return async (chunk) => await encodeRecords(chunk, compress, signal);
  }
  const create = await openTables(options);
  const encoders = flattener.tables.map(create);
  const reader = isTreeFlattener(flattener) ? new RecordReader(flattener) : null;
  let last: Promise<unknown> = Promise.resolve();
  return async (chunk) => {
    const encoded = last.then(async () => await encodeRows(chunk, flattener, reader, encoders, signal));
    last = encoded.catch(() => undefined);
    return await encoded;
  };
}

/** Encodes records without converting them to rows, block by block. */
async function encodeRecords(
  chunk: Chunk,
  compress: Compress | null,
  signal: AbortSignal,
): Promise<EncodedChunk> {
  const bytes: Uint8Array<ArrayBuffer>[] = [];
  let lines = 0;
  for await (const block of readBlocks(chunk, signal)) {
    for (let at = block.indexOf(LINE_FEED); at >= 0; at = block.indexOf(LINE_FEED, at + 1)) lines += 1;
    bytes.push(new Uint8Array(compress === null ? block : compress(block)));
  }
  return { lines, tables: [{ rows: lines, bytes, rowGroups: [] }], badLine: null };
}

async function encodeRows(
  chunk: Chunk,
  flattener: Flattener,
  reader: RecordReader | null,
  encoders: readonly TableEncoder[],
  signal: AbortSignal,
): Promise<EncodedChunk> {
  const cutter = new LineCutter();
  let lines = 0;
  let badLine: BadLine | null = null;
  const onLine: OnLine = (bytes, start, end) => {
    if (badLine !== null) return;
    lines += 1;
    if (reader?.read(bytes, start, end) === true) {
      addTape(reader.tape, encoders);
      return;
    }
    try {
      const record = parseRecord(lineText(bytes.subarray(start, end)));
      flattener.flatten(record, (table, row) => encoders[table]?.add(row));
    } catch (cause) {
      // V8 parses nested values recursively and throws a RangeError when the stack is exhausted.
      if (!(cause instanceof SyntaxError || cause instanceof RangeError)) throw cause;
      badLine = { line: lines, cause };
    }
  };
  try {
    for await (const block of readBlocks(chunk, signal)) cutter.cut(block, onLine);
    cutter.end(onLine);
  } catch (error) {
    // Discards the rows of this chunk. Otherwise the next chunk would begin with them.
    for (const encoder of encoders) encoder.take();
    throw error;
  }
  return { lines, tables: encoders.map((encoder) => encoder.take()), badLine };
}

function addTape(tape: CellTape, encoders: readonly TableEncoder[]): void {
  let cell = 0;
  for (let row = 0; row < tape.rows; row += 1) {
    const end = tape.ends[row] as number;
    encoders[tape.tables[row] as number]?.addCells(tape, cell, end);
    cell = end;
  }
}

/** Decodes a line. Most records are ASCII. Detecting and copying ASCII is several times faster than decoding UTF-8. */
function lineText(bytes: Buffer): string {
  return bytes.toString(isAscii(bytes) ? "latin1" : "utf8");
}
