import type { Cell } from "../../table.ts";
import { CELL, type CellTape } from "./cell-tape.ts";

/** The cells of one row while the fields of its object arrive, in any order. */
export class RowCells {
  readonly #length: number;
  readonly #kinds: Uint8Array;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #numbers: Float64Array;
  readonly #values: (Exclude<Cell, null> | null)[];

  constructor(length: number) {
    this.#length = length;
    this.#kinds = new Uint8Array(length);
    this.#from = new Int32Array(length);
    this.#to = new Int32Array(length);
    this.#numbers = new Float64Array(length);
    this.#values = new Array(length).fill(null);
  }

  clear(): void {
    this.#kinds.fill(0);
  }

  setText(column: number, isPlain: boolean, from: number, to: number): void {
    this.#kinds[column] = isPlain ? CELL.plain : CELL.text;
    this.#from[column] = from;
    this.#to[column] = to;
  }

  setNumber(column: number, number: number, from: number, to: number): void {
    this.#kinds[column] = CELL.number;
    this.#from[column] = from;
    this.#to[column] = to;
    this.#numbers[column] = number;
  }

  setList(column: number, from: number, to: number): void {
    this.#kinds[column] = CELL.list;
    this.#from[column] = from;
    this.#to[column] = to;
  }

  setBare(column: number, number: number): void {
    this.#kinds[column] = CELL.bare;
    this.#numbers[column] = number;
  }

  setValue(column: number, value: Cell): void {
    this.#kinds[column] = value === null ? 0 : CELL.value;
    this.#values[column] = value;
  }

  /** Returns the text or value of a cell; undefined for an empty one. */
  valueOf(column: number, bytes: Buffer): unknown {
    switch (this.#kinds[column]) {
      case undefined:
      case 0:
        return undefined;
      case CELL.value:
        return this.#values[column];
      case CELL.bare:
        return this.#numbers[column];
      default:
        return bytes.toString("latin1", this.#from[column], this.#to[column]);
    }
  }

  /** Returns whether a cell is text in the bytes, and not empty. */
  hasText(column: number): boolean {
    const kind = this.#kinds[column];
    const hasRange = kind === CELL.plain || kind === CELL.text;
    return hasRange && (this.#from[column] as number) < (this.#to[column] as number);
  }

  /** Copies a cell with text into another row. */
  copyText(column: number, to: RowCells, toColumn: number): void {
    to.setText(
      toColumn,
      this.#kinds[column] === CELL.plain,
      this.#from[column] as number,
      this.#to[column] as number,
    );
  }

  /** Adds the row to a tape. */
  appendTo(tape: CellTape, table: number): void {
    const length = this.#length;
    const kinds = this.#kinds;
    tape.reserve(length);
    let cell = tape.cells;
    for (let column = 0; column < length; column += 1) {
      const kind = kinds[column] as number;
      if (kind === 0) continue;
      tape.columns[cell] = column;
      tape.kinds[cell] = kind;
      if (kind === CELL.value) {
        tape.from[cell] = tape.values.length;
        tape.values.push(this.#values[column] as Exclude<Cell, null>);
      } else {
        tape.from[cell] = this.#from[column] as number;
        tape.to[cell] = this.#to[column] as number;
        tape.numbers[cell] = this.#numbers[column] as number;
      }
      cell += 1;
    }
    tape.cells = cell;
    tape.endRow(table);
  }
}
