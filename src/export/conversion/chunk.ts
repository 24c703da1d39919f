import type { EncodedTable } from "../writers/table-file.ts";

/**
 * Size of a spool chunk in bytes. Chunks are encoded separately, so the output depends on this size, but not on the
 * number of threads. A chunk is a row group of each Parquet table.
 */
export const CHUNK_BYTES = 16 * 1024 * 1024;

/** The lines of a spool whose start offset is at least `from` and less than `to`. */
export interface Chunk {
  readonly spoolPath: string;
  readonly from: number;
  readonly to: number;
}

/** A line that could not be encoded. */
export interface BadLine {
  /** Number of the line in the chunk, counted from 1. */
  readonly line: number;
  /** A SyntaxError for a line that is not JSON, a RangeError for one that is nested too deeply. */
  readonly cause: unknown;
}

/** The rows of a chunk. */
export interface EncodedChunk {
  /** Number of lines. */
  readonly lines: number;
  /** One entry per table of the flattener, in the same order; a single entry when there is no flattener. */
  readonly tables: readonly EncodedTable[];
  /** The first line that could not be encoded. The tables are then incomplete. */
  readonly badLine: BadLine | null;
}

/**
 * Encodes a chunk. The same chunk always produces the same bytes.
 * @throws OutputError `output.read` when the spool cannot be read
 * @throws InterruptedError when the export is interrupted
 */
export type EncodeChunk = (chunk: Chunk) => Promise<EncodedChunk>;
