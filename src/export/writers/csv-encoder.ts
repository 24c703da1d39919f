import type { Cell, Column, Row } from "../../analytics/table.ts";

export interface CsvGuard {
  /**
   * Whether text that a spreadsheet would take for a formula gets a `'` in front: what begins with `=`, `+`,
   * `-`, `@`, a tab or CR. Only strings: a number, an instant, a list or JSON is never one. Whoever loads the
   * file into a database turns this off.
   */
  readonly guardFormulas: boolean;
}

const LINE_END = "\r\n";
const NEEDS_QUOTES = /[",\r\n]/;
const FORMULA_STARTS = "=+-@\t\r";
/** So much text becomes bytes at once: a longer one would be copied more often on the way. */
const PIECE_LENGTH = 32 * 1024;

/** What there is to know of a column beforehand. */
interface Form {
  /** Whether it may hold what needs quotes: an instant never does. */
  readonly isFree: boolean;
  readonly isGuarded: boolean;
}

/**
 * Rows as the bytes of CSV: RFC 4180, UTF-8, lines end in CRLF. An absent value is an empty field, an empty
 * string is `""`, a list is JSON text.
 *
 * Written by hand: a library that casts and joins cell by cell takes several times as long for rows as wide and as
 * empty as the platform's (`test/bench/writers.ts` measures both).
 */
export class CsvEncoder {
  readonly #columns: readonly Column[];
  readonly #forms: readonly Form[];
  /** The commas of so many columns in a row without value. */
  readonly #commas: readonly string[];
  #text = "";
  #pieces: Buffer[] = [];
  #byteLength = 0;

  constructor(columns: readonly Column[], { guardFormulas }: CsvGuard) {
    this.#columns = columns;
    this.#forms = columns.map(({ type }) => ({
      isFree: type !== "timestamp",
      isGuarded: guardFormulas && type === "string",
    }));
    this.#commas = Array.from({ length: columns.length + 1 }, (_, count) => ",".repeat(count));
  }

  /** How many bytes wait to be taken, and perhaps as many more as a piece has. */
  get byteLength(): number {
    return this.#byteLength;
  }

  addHeader(): void {
    this.addRow(this.#columns.map(({ name }) => name));
  }

  addRow(row: Row): void {
    const forms = this.#forms;
    let text = this.#text;
    let commas = 0;
    for (let index = 0; index < forms.length; index += 1) {
      const cell = row[index];
      if (cell !== null && cell !== undefined) {
        if (commas > 0) text += this.#commas[commas];
        commas = 0;
        text += fieldOf(cell, forms[index]);
      }
      commas += 1;
    }
    this.#text = `${text}${this.#commas[commas - 1] ?? ""}${LINE_END}`;
    if (this.#text.length >= PIECE_LENGTH) this.#endPiece();
  }

  /** The bytes since the last time. */
  take(): Buffer {
    this.#endPiece();
    const taken = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#byteLength = 0;
    return taken;
  }

  #endPiece(): void {
    const piece = Buffer.from(this.#text);
    this.#text = "";
    this.#pieces.push(piece);
    this.#byteLength += piece.length;
  }
}

function fieldOf(cell: Exclude<Cell, null>, form: Form | undefined): string {
  if (typeof cell === "string")
    return form?.isFree === false ? cell : textField(cell, form?.isGuarded === true);
  if (typeof cell !== "object") return String(cell);
  // A bigint is nothing to JSON.stringify; numbers joined are JSON already.
  return textField(typeof cell[0] === "string" ? JSON.stringify(cell) : `[${cell.join(",")}]`, false);
}

function textField(text: string, isGuarded: boolean): string {
  if (text === "") return '""';
  const isFormula = isGuarded && FORMULA_STARTS.includes(text.charAt(0));
  const field = isFormula ? `'${text}` : text;
  return NEEDS_QUOTES.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
