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
const NEEDS_QUOTES = /[",\r\n]/;
const STARTS_A_FORMULA = /^[=+\-@\t\r]/;
/** The characters that stand in a field as they are: ASCII, and none that needs quotes. */
const IS_PLAIN = Uint8Array.from({ length: 128 }, (_, code) =>
  NEEDS_QUOTES.test(String.fromCharCode(code)) ? 0 : 1,
);
const INITIAL_BYTES = 64 * 1024;
/** A unit of UTF-16 is at most three bytes of UTF-8. */
const BYTES_PER_UNIT = 3;

/**
 * Rows as the bytes of CSV: RFC 4180, UTF-8, lines end in CRLF. An absent value is an empty field, an empty
 * string is `""`, a list is JSON text.
 *
 * Written by hand, byte by byte: a library that casts and joins cell by cell takes several times as long for
 * rows as wide and as empty as the platform's (`test/bench/writers.ts` measures both).
 */
export class CsvEncoder {
  private readonly columns: readonly Column[];
  private readonly isGuarded: readonly boolean[];
  private bytes = Buffer.allocUnsafe(INITIAL_BYTES);
  private length = 0;

  constructor(columns: readonly Column[], { guardFormulas }: CsvGuard) {
    this.columns = columns;
    this.isGuarded = columns.map(({ type }) => guardFormulas && type === "string");
  }

  /** How many bytes wait to be taken. */
  get byteLength(): number {
    return this.length;
  }

  addHeader(): void {
    this.addRow(this.columns.map(({ name }) => name));
  }

  addRow(row: Row): void {
    const count = this.columns.length;
    // Room for the commas and the end of the line; each field makes its own.
    this.reserve(count + 2);
    for (let index = 0; index < count; index += 1) {
      if (index > 0) this.bytes[this.length++] = COMMA;
      const cell = row[index];
      if (cell === null || cell === undefined) continue;
      const text = typeof cell === "string" ? cell : textOf(cell);
      const isFormula =
        this.isGuarded[index] === true && typeof cell === "string" && STARTS_A_FORMULA.test(text);
      this.addField(isFormula ? `'${text}` : text, count - index + 2);
    }
    this.bytes[this.length++] = CR;
    this.bytes[this.length++] = LF;
  }

  /** The bytes since the last time. */
  take(): Buffer {
    const taken = Buffer.from(this.bytes.subarray(0, this.length));
    this.length = 0;
    return taken;
  }

  private addField(text: string, roomAfter: number): void {
    this.reserve(text.length + roomAfter);
    const { bytes, length: start } = this;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (IS_PLAIN[code] !== 1) {
        this.addAwkward(text, roomAfter);
        return;
      }
      bytes[start + index] = code;
    }
    this.length = start + text.length;
    if (text === "") this.addAwkward(text, roomAfter);
  }

  private addAwkward(text: string, roomAfter: number): void {
    const isQuoted = text === "" || NEEDS_QUOTES.test(text);
    const field = isQuoted ? `"${text.replaceAll('"', '""')}"` : text;
    this.reserve(field.length * BYTES_PER_UNIT + roomAfter);
    this.length += this.bytes.write(field, this.length);
  }

  private reserve(byteCount: number): void {
    if (this.length + byteCount <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + byteCount));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

function textOf(cell: Exclude<Cell, string | null>): string {
  if (typeof cell !== "object") return String(cell);
  // A bigint is nothing to JSON.stringify; numbers joined are JSON already.
  return typeof cell[0] === "string" ? JSON.stringify(cell) : `[${cell.join(",")}]`;
}
