import type { Column, Row } from "../../../analytics/table.ts";
import type { CellTape } from "../../../analytics/tables/bytes/cell-tape.ts";
import type { Compress } from "../compression.ts";
import type { EncodedTable, TableEncoder } from "../table-file.ts";
import { CsvEncoder, type CsvGuard } from "./csv-encoder.ts";

/** Size in bytes at which a block ends, after the current row. Blocks are compressed separately. */
const BLOCK_BYTES = 1024 * 1024;

/** Encodes the rows of a table as blocks of CSV without a header. */
export class CsvTableEncoder implements TableEncoder {
  readonly #encoder: CsvEncoder;
  readonly #compress: Compress | null;
  #blocks: Uint8Array<ArrayBuffer>[] = [];
  #rows = 0;

  constructor(columns: readonly Column[], options: CsvGuard & { readonly compress: Compress | null }) {
    this.#encoder = new CsvEncoder(columns, options);
    this.#compress = options.compress;
  }

  add(row: Row): void {
    this.#encoder.addRow(row);
    this.#endRow();
  }

  addCells(tape: CellTape, first: number, end: number): void {
    this.#encoder.addCells(tape, first, end);
    this.#endRow();
  }

  take(): EncodedTable {
    this.#endBlock();
    const taken = { rows: this.#rows, bytes: this.#blocks, rowGroups: [] };
    this.#blocks = [];
    this.#rows = 0;
    return taken;
  }

  #endRow(): void {
    this.#rows += 1;
    if (this.#encoder.length >= BLOCK_BYTES) this.#endBlock();
  }

  #endBlock(): void {
    const block = this.#encoder.take();
    if (block.length === 0) return;
    this.#blocks.push(this.#compress === null ? block : new Uint8Array(this.#compress(block)));
  }
}
