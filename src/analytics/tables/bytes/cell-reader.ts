import type { ColumnType } from "../../table.ts";
import { cellOf } from "../cell.ts";
import { ExactNumber } from "../exact-number.ts";
import { InstantBytes } from "./instant-bytes.ts";
import { isAlphanumeric, type JsonBytes, TEXT } from "./json-bytes.ts";
import type { RowCells } from "./row-cells.ts";

type NumberType = "int32" | "int64" | "double";

const QUOTE = 0x22;
const LOWER_T = 0x74;

/**
 * Reads values into the cells of a row. Each method takes the index of a value and returns the index after it, or -1
 * for a value that does not fit the column or has a rare form.
 */
export class CellReader {
  readonly #json: JsonBytes;
  readonly #instants = new InstantBytes();

  constructor(json: JsonBytes) {
    this.#json = json;
  }

  /** Reads a value that is not null. */
  read(bytes: Buffer, at: number, type: ColumnType, row: RowCells, column: number): number {
    switch (type) {
      case "string":
        return bytes[at] === QUOTE ? this.string(bytes, at + 1, row, column) : -1;
      case "timestamp":
        return bytes[at] === QUOTE ? this.#instant(bytes, at + 1, row, column) : -1;
      case "int32":
      case "int64":
      case "double":
        return this.#number(bytes, at, type, row, column);
      case "boolean": {
        const end = this.#json.literal(bytes, at);
        if (end >= 0) row.setNumber(column, bytes[at] === LOWER_T ? 1 : 0, at, end);
        return end;
      }
      case "strings":
      case "integers": {
        const end = this.#json.plainList(bytes, at, type === "strings");
        if (end < 0) return this.#parsed(bytes, at, type, row, column);
        row.setList(column, at, end);
        return end;
      }
      case "json":
        return this.#parsed(bytes, at, type, row, column);
    }
  }

  /** Reads a string from the byte after its first quote. */
  string(bytes: Buffer, from: number, row: RowCells, column: number): number {
    const quote = this.#json.string(bytes, from);
    if (quote < 0) return -1;
    const { bits } = this.#json;
    if (bits <= TEXT.separators) {
      row.setText(column, bits === 0 && isAlphanumeric(bytes[from]), from, quote);
    } else if ((bits & TEXT.escapes) === 0) {
      row.setValue(column, bytes.toString("utf8", from, quote));
    } else {
      const value = parsed(bytes, from - 1, quote + 1);
      if (typeof value !== "string") return -1;
      row.setValue(column, value);
    }
    return quote + 1;
  }

  #instant(bytes: Buffer, from: number, row: RowCells, column: number): number {
    const quote = this.#json.string(bytes, from);
    if (quote < 0 || this.#json.bits > TEXT.separators) return -1;
    const ms = this.#instants.ms(bytes, from, quote);
    if (Number.isNaN(ms)) return -1;
    row.setNumber(column, ms, from, quote);
    return quote + 1;
  }

  #number(bytes: Buffer, at: number, kind: NumberType, row: RowCells, column: number): number {
    const json = this.#json;
    const end = json.numeral(bytes, at);
    if (end < 0) return kind === "int64" ? this.#longInteger(bytes, at, row, column) : -1;
    const { number } = json;
    if (json.isInteger) {
      if (kind === "int32" && (number | 0) !== number) return -1;
      row.setNumber(column, number, at, end);
    } else {
      if (kind !== "double") return -1;
      row.setBare(column, number);
    }
    return end;
  }

  /** Reads an integer that a JavaScript number may not represent exactly. */
  #longInteger(bytes: Buffer, at: number, row: RowCells, column: number): number {
    const end = this.#json.longInteger(bytes, at);
    const cell = end < 0 ? undefined : cellOf("int64", new ExactNumber(bytes.toString("latin1", at, end)));
    if (cell === undefined) return -1;
    const number = Number(cell);
    row.setValue(column, Number.isSafeInteger(number) ? number : cell);
    return end;
  }

  #parsed(bytes: Buffer, at: number, type: ColumnType, row: RowCells, column: number): number {
    const end = this.#json.value(bytes, at);
    const value = end < 0 ? undefined : parsed(bytes, at, end);
    const cell = value === undefined ? undefined : cellOf(type, value);
    if (cell === undefined) return -1;
    row.setValue(column, cell);
    return end;
  }
}

/** Parses a value; undefined when it is not JSON. */
export function parsed(bytes: Buffer, from: number, to: number): unknown {
  try {
    return JSON.parse(bytes.toString("utf8", from, to));
  } catch {
    return undefined;
  }
}
