import type { Row } from "../../analytics/table.ts";
import type { CellTape } from "../../analytics/tables/bytes/cell-tape.ts";
import type { RowGroup } from "./parquet/parquet-metadata.ts";

/**
 * Encoded rows of one table, ready to be appended to its file. Contains only plain data, so that it can be sent to
 * another thread.
 */
export interface EncodedTable {
  readonly rows: number;
  /** Each array owns its memory, so that it can be transferred to another thread. */
  readonly bytes: readonly Uint8Array<ArrayBuffer>[];
  /** Parquet row groups, with offsets from the first byte of `bytes`; empty in other formats. */
  readonly rowGroups: readonly RowGroup[];
}

/** Encodes rows of one table. The result depends only on the rows. */
export interface TableEncoder {
  add(row: Row): void;
  /**
   * Adds a row that consists of a tape's cells from `first` up to, but not including, `end`. Produces the same bytes as
   * `add`.
   */
  addCells(tape: CellTape, first: number, end: number): void;
  /** Returns the rows that were added since the last call. */
  take(): EncodedTable;
}

/** What was written to a file. */
export interface Written {
  readonly bytes: number;
  readonly crc32: number;
}

/** The file of one table while it is written. */
export interface TableFile {
  /** Writes encoded rows at the end. @throws OutputError when a write fails */
  append(table: EncodedTable): Promise<void>;
  /** Writes the rest and makes the file durable. @throws OutputError when a write fails */
  finish(): Promise<Written>;
  /** Closes the file after a failure. */
  abandon(): Promise<void>;
}
