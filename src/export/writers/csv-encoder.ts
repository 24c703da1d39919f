import type { Cell, Column, Row } from "../../analytics/table.ts";

export interface CsvGuard {
  /**
   * Whether text that a spreadsheet would take for a formula gets a `'` in front: what begins with `=`, `+`,
   * `-`, `@`, a tab or CR. Only strings: a number, an instant, a list or JSON is never one. Whoever loads the
   * file into a database turns this off.
   */
  readonly guardFormulas: boolean;
}

const COMMA = 0x2c;
const CR = 0x0d;
const LF = 0x0a;
const ZERO = 0x30;
const NEEDS_QUOTES = /[",\r\n]/;
const STARTS_A_FORMULA = /^[=+\-@\t\r]/;
const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
/** The characters that stand in a field as they are: ASCII, and none that needs quotes. */
const IS_PLAIN = Uint8Array.from(ASCII, (character) => (NEEDS_QUOTES.test(character) ? 0 : 1));
const IS_FORMULA_START = Uint8Array.from(ASCII, (character) => (STARTS_A_FORMULA.test(character) ? 1 : 0));
const INITIAL_BYTES = 64 * 1024;
/** A unit of UTF-16 is at most three bytes of UTF-8. */
const BYTES_PER_UNIT = 3;
/** Room for an integer of 31 bits. */
const INTEGER_BYTES = 10;
const LARGEST_SMALL = 0x7fff_ffff;

/**
 * Rows as the bytes of CSV: RFC 4180, UTF-8, lines end in CRLF. An absent value is an empty field, an empty
 * string is `""`, a list is JSON text.
 *
 * Written by hand, byte by byte: a library that casts and joins cell by cell takes several times as long for
 * rows as wide and as empty as the platform's (`test/bench/writers.ts` measures both).
 */
export class CsvEncoder {
  readonly #columns: readonly Column[];
  readonly #isGuarded: readonly boolean[];
  #bytes = Buffer.allocUnsafe(INITIAL_BYTES);
  #length = 0;

  constructor(columns: readonly Column[], { guardFormulas }: CsvGuard) {
    this.#columns = columns;
    this.#isGuarded = columns.map(({ type }) => guardFormulas && type === "string");
  }

  /** How many bytes wait to be taken. */
  get byteLength(): number {
    return this.#length;
  }

  addHeader(): void {
    this.addRow(this.#columns.map(({ name }) => name));
  }

  addRow(row: Row): void {
    const isGuarded = this.#isGuarded;
    const count = isGuarded.length;
    // A comma for every field, besides its own bytes, and for the last one CR and LF in its place.
    this.#reserve(count + 1);
    for (let index = 0; index < count; index += 1) {
      const cell = row[index];
      if (cell !== null && cell !== undefined)
        this.#addCell(cell, isGuarded[index] === true, count - index + 1);
      this.#bytes[this.#length] = COMMA;
      this.#length += 1;
    }
    this.#bytes[this.#length - 1] = CR;
    this.#bytes[this.#length] = LF;
    this.#length += 1;
  }

  /** The bytes since the last time. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  /** @param after how many bytes there has to be room for behind the field */
  #addCell(cell: Exclude<Cell, null>, isGuarded: boolean, after: number): void {
    if (typeof cell === "string") {
      const isFormula = isGuarded && IS_FORMULA_START[cell.charCodeAt(0)] === 1;
      if (isFormula) this.#addAwkward(`'${cell}`, after);
      else this.#addText(cell, after);
    } else if (typeof cell === "number" && cell >= 0 && cell <= LARGEST_SMALL && Number.isInteger(cell)) {
      this.#addInteger(cell, after);
    } else this.#addText(textOf(cell), after);
  }

  #addText(text: string, after: number): void {
    const { length } = text;
    this.#reserve(length + after);
    const bytes = this.#bytes;
    const start = this.#length;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 127 || IS_PLAIN[code] === 0) {
        this.#addAwkward(text, after);
        return;
      }
      bytes[start + index] = code;
    }
    this.#length = start + length;
    if (length === 0) this.#addAwkward(text, after);
  }

  /** Text with quotes around it, or of more than ASCII. */
  #addAwkward(text: string, after: number): void {
    const isQuoted = text === "" || NEEDS_QUOTES.test(text);
    const field = isQuoted ? `"${text.replaceAll('"', '""')}"` : text;
    this.#reserve(field.length * BYTES_PER_UNIT + after);
    this.#length += this.#bytes.write(field, this.#length);
  }

  #addInteger(value: number, after: number): void {
    this.#reserve(INTEGER_BYTES + after);
    let end = this.#length + 1;
    for (let rest = value; rest > 9; rest = (rest / 10) | 0) end += 1;
    this.#length = end;
    let rest = value | 0;
    do {
      end -= 1;
      this.#bytes[end] = ZERO + (rest % 10);
      rest = (rest / 10) | 0;
    } while (rest > 0);
  }

  #reserve(byteCount: number): void {
    if (this.#length + byteCount <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + byteCount));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

function textOf(cell: Exclude<Cell, string | null>): string {
  if (typeof cell !== "object") return String(cell);
  // A bigint is nothing to JSON.stringify; numbers joined are JSON already.
  return typeof cell[0] === "string" ? JSON.stringify(cell) : `[${cell.join(",")}]`;
}
