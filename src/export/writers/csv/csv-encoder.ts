import type { Cell, Column, Row } from "../../../analytics/table.ts";
import { CELL, type CellTape } from "../../../analytics/tables/bytes/cell-tape.ts";
import { GrowingBytes } from "../growing-bytes.ts";
import { disarmJson, disarmName, disarmText } from "./formula-guard.ts";

export interface CsvGuard {
  /**
   * Whether to put a `'` before text that a spreadsheet would run as a formula, including column names. In JSON and
   * lists, the formula's first character is escaped instead. Numbers stay unchanged. Files for a database do not need
   * this.
   */
  readonly guardFormulas: boolean;
}

const NEEDS_QUOTES = /[",\r\n]/;
/**
 * Marks the ASCII characters that need neither quotes nor a guard, if the text begins with a letter or a digit. Most
 * text does, so one lookup per character replaces four tests.
 */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) =>
  /[",;\t\n\v\f\r]/.test(String.fromCharCode(code)) ? 0 : 1,
);
/** The maximum number of bytes per UTF-16 unit in UTF-8. */
const BYTES_PER_UNIT = 3;
const ZERO = 0x30;
const QUOTE = 0x22;
const COMMA = 0x2c;
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;
type Disarm = (text: string) => string;

/**
 * Encodes rows as CSV (RFC 4180) in UTF-8, with lines that end in CRLF. An absent value becomes an empty field, an
 * empty string becomes `""`, and a list becomes JSON text.
 *
 * The encoder is handwritten, because the platform's rows are wide and sparse, and a library that casts and joins cell
 * by cell takes several times as long (`test/bench/writers.ts` measures both).
 */
export class CsvEncoder extends GrowingBytes {
  readonly #columns: readonly Column[];
  /** Guard for the text in each column; null when the column needs none. */
  readonly #guards: readonly (Disarm | null)[];
  readonly #guardsFormulas: boolean;

  constructor(columns: readonly Column[], { guardFormulas }: CsvGuard) {
    super();
    this.#columns = columns;
    this.#guardsFormulas = guardFormulas;
    this.#guards = columns.map(({ type }) =>
      guardFormulas ? (type === "json" ? disarmJson : disarmText) : null,
    );
  }

  addHeader(): void {
    const names = this.#columns.map(({ name }) => (this.#guardsFormulas ? disarmName(name) : name));
    this.#addAny(names.map((name) => textField(name, null)).join(","));
    this.#endLine();
  }

  addRow(row: Row): void {
    const guards = this.#guards;
    let column = 0;
    for (let index = 0; index < guards.length; index += 1) {
      const cell = row[index];
      if (cell === null || cell === undefined) continue;
      if (index > column) this.#addCommas(index - column);
      column = index;
      this.#addCell(cell, index);
    }
    this.#addCommas(guards.length - 1 - column);
    this.#endLine();
  }

  /** Adds a row that consists of a tape's cells from `first` up to, but not including, `end`. */
  addCells(tape: CellTape, first: number, end: number): void {
    const { columns, kinds, from, to, bytes } = tape;
    let column = 0;
    for (let cell = first; cell < end; cell += 1) {
      const index = columns[cell] as number;
      if (index > column) this.#addCommas(index - column);
      column = index;
      switch (kinds[cell]) {
        case CELL.plain:
        case CELL.number:
          this.addRange(tape.view, from[cell] as number, to[cell] as number);
          break;
        case CELL.text:
          this.#addText(tape.text(cell), this.#guards[index] ?? null);
          break;
        case CELL.list:
          this.#addList(bytes, tape.view, from[cell] as number, to[cell] as number);
          break;
        case CELL.bare:
          this.#addNumber(tape.numbers[cell] as number);
          break;
        default:
          this.#addCell(tape.values[from[cell] as number] as Exclude<Cell, null>, index);
      }
    }
    this.#addCommas(this.#guards.length - 1 - column);
    this.#endLine();
  }

  /** Returns the bytes that were added since the last call. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(this.written);
    this.clear();
    return taken;
  }

  #addCell(cell: Exclude<Cell, null>, column: number): void {
    const guard = this.#guards[column] ?? null;
    if (typeof cell === "object") this.#addAny(listField(cell, guard));
    else if (typeof cell === "string") this.#addText(cell, guard);
    else this.#addText(String(cell), null);
  }

  /** Adds a list, passed as JSON text, of numbers or of text that needs no guard. */
  #addList(source: Uint8Array, view: DataView, from: number, to: number): void {
    const isNumber = source[from + 1] !== QUOTE && !source.subarray(from, to).includes(COMMA);
    if (isNumber) {
      this.addRange(view, from, to);
      return;
    }
    this.reserve((to - from + 1) * 2);
    const { bytes } = this;
    let { end } = this;
    bytes[end++] = QUOTE;
    for (let index = from; index < to; index += 1) {
      const byte = source[index] as number;
      if (byte === QUOTE) bytes[end++] = QUOTE;
      bytes[end++] = byte;
    }
    bytes[end++] = QUOTE;
    this.end = end;
  }

  #addNumber(number: number): void {
    if (number >= 0 && number <= 9 && (number | 0) === number) this.addByte(ZERO + number);
    else this.#addText(String(number), null);
  }

  #addText(text: string, guard: Disarm | null): void {
    if (!this.#addPlain(text)) this.#addAny(textField(text, guard));
  }

  /**
   * Adds ASCII text that needs neither quotes nor a guard. Returns false for any other text and adds nothing.
   */
  #addPlain(text: string): boolean {
    const { length } = text;
    if (!isAlphanumeric(text.charCodeAt(0))) return false;
    this.reserve(length);
    const { bytes, end } = this;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (PLAIN[code] !== 1) return false;
      bytes[end + index] = code;
    }
    this.end = end + length;
    return true;
  }

  #addCommas(count: number): void {
    this.reserve(count);
    const { bytes, end } = this;
    for (let index = end; index < end + count; index += 1) bytes[index] = COMMA;
    this.end = end + count;
  }

  #addAny(field: string): void {
    this.reserve(field.length * BYTES_PER_UNIT);
    this.end += this.bytes.write(field, this.end);
  }

  #endLine(): void {
    this.addByte(CARRIAGE_RETURN);
    this.addByte(LINE_FEED);
  }
}

/** Returns whether a UTF-16 unit is an ASCII digit or letter; false for the NaN of an empty string. */
function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

function listField(cell: Extract<Cell, object>, guard: Disarm | null): string {
  // Numbers are joined, because JSON.stringify rejects a bigint.
  if (typeof cell[0] !== "string") return textField(`[${cell.join(",")}]`, null);
  return textField(JSON.stringify(cell), guard === null ? null : disarmJson);
}

function textField(text: string, guard: Disarm | null): string {
  if (text === "") return '""';
  const field = guard === null ? text : guard(text);
  return NEEDS_QUOTES.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
