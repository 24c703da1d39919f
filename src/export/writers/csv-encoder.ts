import type { Cell, Column, Row } from "../../analytics/table.ts";
import { disarmJson, disarmName, disarmText } from "./formula-guard.ts";

export interface CsvGuard {
  /**
   * Whether text that a spreadsheet would take for a formula gets a `'` in front, names of columns included. In JSON
   * and lists the sign is escaped instead. Numbers stay numbers. Turn this off for a file that a database loads.
   */
  readonly guardFormulas: boolean;
}

const LINE_END = "\r\n";
const NEEDS_QUOTES = /[",\r\n]/;
/** Text without anything to quote or to disarm, which is most of it: one look instead of four. */
const PLAIN = /^[\dA-Za-z][^",;\t\n\v\f\r]*$/;
/** Characters that become bytes at once. A longer text would be copied more often. */
const PIECE_LENGTH = 32 * 1024;

type Disarm = (text: string) => string;

/**
 * Rows as the bytes of CSV: RFC 4180, UTF-8, lines end in CRLF. An absent value is an empty field, an empty
 * string is `""`, a list is JSON text.
 *
 * Written by hand: a library that casts and joins cell by cell takes several times as long for rows as wide and as
 * empty as the platform's (`test/bench/writers.ts` measures both).
 */
export class CsvEncoder {
  readonly #columns: readonly Column[];
  /** For the text of each column; null where nothing is guarded. */
  readonly #guards: readonly (Disarm | null)[];
  readonly #guardsFormulas: boolean;
  /** The commas of so many columns in a row without value. */
  readonly #commas: readonly string[];
  #text = "";
  #pieces: Buffer[] = [];
  #byteLength = 0;

  constructor(columns: readonly Column[], { guardFormulas }: CsvGuard) {
    this.#columns = columns;
    this.#guardsFormulas = guardFormulas;
    this.#guards = columns.map(({ type }) =>
      guardFormulas ? (type === "json" ? disarmJson : disarmText) : null,
    );
    this.#commas = Array.from({ length: columns.length + 1 }, (_, count) => ",".repeat(count));
  }

  /** How many bytes wait to be taken, and perhaps as many more as a piece has. */
  get byteLength(): number {
    return this.#byteLength;
  }

  addHeader(): void {
    const names = this.#columns.map(({ name }) => (this.#guardsFormulas ? disarmName(name) : name));
    this.#endLine(`${this.#text}${names.map((name) => textField(name, null)).join(",")}`);
  }

  addRow(row: Row): void {
    const guards = this.#guards;
    let text = this.#text;
    let commas = 0;
    for (let index = 0; index < guards.length; index += 1) {
      const cell = row[index];
      if (cell !== null && cell !== undefined) {
        if (commas > 0) text += this.#commas[commas];
        commas = 0;
        text += fieldOf(cell, guards[index] ?? null);
      }
      commas += 1;
    }
    this.#endLine(`${text}${this.#commas[commas - 1] ?? ""}`);
  }

  /** The bytes since the last time. */
  take(): Buffer {
    this.#endPiece();
    const taken = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#byteLength = 0;
    return taken;
  }

  #endLine(text: string): void {
    this.#text = `${text}${LINE_END}`;
    if (this.#text.length >= PIECE_LENGTH) this.#endPiece();
  }

  #endPiece(): void {
    const piece = Buffer.from(this.#text);
    this.#text = "";
    this.#pieces.push(piece);
    this.#byteLength += piece.length;
  }
}

function fieldOf(cell: Exclude<Cell, null>, guard: Disarm | null): string {
  if (typeof cell === "string") return textField(cell, guard);
  if (typeof cell !== "object") return String(cell);
  // JSON.stringify refuses a bigint, and numbers joined are JSON already.
  if (typeof cell[0] !== "string") return textField(`[${cell.join(",")}]`, null);
  return textField(JSON.stringify(cell), guard === null ? null : disarmJson);
}

function textField(text: string, guard: Disarm | null): string {
  if (text === "") return '""';
  if (PLAIN.test(text)) return text;
  const field = guard === null ? text : guard(text);
  return NEEDS_QUOTES.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
