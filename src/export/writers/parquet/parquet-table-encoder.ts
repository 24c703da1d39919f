import type { Column, Row } from "../../../analytics/table.ts";
import type { CellTape } from "../../../analytics/tables/bytes/cell-tape.ts";
import type { Compress, Compression } from "../compression.ts";
import type { EncodedTable, TableEncoder } from "../table-file.ts";
import { ParquetBytes } from "./parquet-bytes.ts";
import { ParquetColumn } from "./parquet-column.ts";
import { type Codec, chunkOf, type RowGroup } from "./parquet-metadata.ts";
import { PageWriter } from "./parquet-page.ts";

/** Maximum number of rows in a group. Only tables with many rows per record reach it. */
const MOST_ROWS = 20_000;
const CODECS: Readonly<Record<Compression, Codec>> = { none: "UNCOMPRESSED", gzip: "GZIP", zstd: "ZSTD" };

export interface ParquetOptions {
  readonly compression: Compression;
  readonly compress: Compress | null;
}

/**
 * Encodes the rows of a table as row groups, with native types: UTC instants, lists, integers and fractions. Rows
 * between two calls of `take` share a group, up to a limit.
 *
 * Encodes columns itself, row by row, because rows are wide and mostly empty. The library visits every cell of a column
 * several times and takes several times as long (`test/bench/writers.ts` measures both). The library still writes the
 * file's header and footer.
 */
export class ParquetTableEncoder implements TableEncoder {
  readonly #columns: readonly Column[];
  readonly #codec: Codec;
  readonly #bytes = new ParquetBytes();
  readonly #pages: PageWriter;
  readonly #encoders: readonly ParquetColumn[];
  #groups: RowGroup[] = [];
  #rows = 0;
  #rowsOfGroup = 0;

  constructor(columns: readonly Column[], { compression, compress }: ParquetOptions) {
    this.#columns = columns;
    this.#codec = CODECS[compression];
    this.#pages = new PageWriter(compress, (bytes) => this.#bytes.addBytes(bytes));
    this.#encoders = columns.map((column) => new ParquetColumn(column, MOST_ROWS));
  }

  add(row: Row): void {
    const encoders = this.#encoders;
    for (let index = 0; index < encoders.length; index += 1) {
      const cell = row[index];
      if (cell !== null && cell !== undefined) encoders[index]?.add(this.#rowsOfGroup, cell);
    }
    this.#endRow();
  }

  addCells(tape: CellTape, first: number, end: number): void {
    const { columns } = tape;
    for (let cell = first; cell < end; cell += 1) {
      this.#encoders[columns[cell] as number]?.addCell(this.#rowsOfGroup, tape, cell);
    }
    this.#endRow();
  }

  take(): EncodedTable {
    if (this.#rowsOfGroup > 0) this.#endGroup();
    const taken = { rows: this.#rows, bytes: [new Uint8Array(this.#bytes.written)], rowGroups: this.#groups };
    this.#bytes.clear();
    this.#groups = [];
    this.#rows = 0;
    return taken;
  }

  #endRow(): void {
    this.#rowsOfGroup += 1;
    if (this.#rowsOfGroup === MOST_ROWS) this.#endGroup();
  }

  #endGroup(): void {
    const start = this.#bytes.length;
    const group: RowGroup = { columns: [], num_rows: BigInt(this.#rowsOfGroup), total_byte_size: 0n };
    for (const [index, column] of this.#columns.entries()) {
      const columnStart = this.#bytes.length;
      const summary = this.#encoders[index]?.write(this.#rowsOfGroup, this.#pages);
      if (summary === undefined) continue;
      group.columns.push(chunkOf(column, columnStart, this.#codec, summary));
      group.total_byte_size += BigInt(summary.uncompressed);
    }
    group.total_compressed_size = BigInt(this.#bytes.length - start);
    this.#groups.push(group);
    this.#rows += this.#rowsOfGroup;
    this.#rowsOfGroup = 0;
  }
}
