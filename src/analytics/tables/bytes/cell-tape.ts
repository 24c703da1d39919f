import type { Cell } from "../../table.ts";

/** Kinds of cells, by where and how their value is stored. */
export const CELL = {
  /** ASCII text in the record's bytes that begins with a letter or a digit and contains no separator of CSV. */
  plain: 1,
  /** Any other ASCII text in the record's bytes, without escapes. */
  text: 2,
  /** A boolean, an integer in plain digits or an instant, stored as text in the record's bytes and as a number. */
  number: 3,
  /** A number without text in the record's bytes, such as a position. */
  bare: 4,
  /** A list as JSON text in the record's bytes: plain text or integers in plain digits, without white space. */
  list: 5,
  /** Any other value, in `values`. */
  value: 6,
} as const;

const INITIAL_CELLS = 1024;
const INITIAL_ROWS = 128;

/**
 * The rows of one record as arrays of numbers: most cells are ranges of the record's bytes, which need no object.
 * Cells of a row follow one another in the order of its columns.
 */
export class CellTape {
  rows = 0;
  cells = 0;
  /** The index of each row's table. `ends` contains the index after each row's last cell. */
  tables = new Uint8Array(INITIAL_ROWS);
  ends = new Int32Array(INITIAL_ROWS);
  columns = new Uint16Array(INITIAL_CELLS);
  kinds = new Uint8Array(INITIAL_CELLS);
  /** Range of the cell's text in `bytes`. For `value`, `from` is the index in `values`. */
  from = new Int32Array(INITIAL_CELLS);
  to = new Int32Array(INITIAL_CELLS);
  numbers = new Float64Array(INITIAL_CELLS);
  values: Exclude<Cell, null>[] = [];
  bytes: Buffer = Buffer.alloc(0);
  /** View of `bytes` that reads several bytes at a time. */
  view: DataView = new DataView(new ArrayBuffer(0));

  clear(bytes: Buffer): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.rows = 0;
    this.cells = 0;
    this.values.length = 0;
  }

  /** Reserves room for a row with this many cells. */
  reserve(count: number): void {
    if (this.rows === this.tables.length) {
      this.tables = grown(this.tables, new Uint8Array(this.rows * 2));
      this.ends = grown(this.ends, new Int32Array(this.rows * 2));
    }
    if (this.cells + count <= this.columns.length) return;
    const length = this.columns.length * 2 + count;
    this.columns = grown(this.columns, new Uint16Array(length));
    this.kinds = grown(this.kinds, new Uint8Array(length));
    this.from = grown(this.from, new Int32Array(length));
    this.to = grown(this.to, new Int32Array(length));
    this.numbers = grown(this.numbers, new Float64Array(length));
  }

  endRow(table: number): void {
    this.tables[this.rows] = table;
    this.ends[this.rows] = this.cells;
    this.rows += 1;
  }

  /** Returns the text of a cell whose value is a range of `bytes`. */
  text(cell: number): string {
    return this.bytes.toString("latin1", this.from[cell], this.to[cell]);
  }
}

function grown<Numbers extends { set(numbers: Numbers): void }>(numbers: Numbers, larger: Numbers): Numbers {
  larger.set(numbers);
  return larger;
}
