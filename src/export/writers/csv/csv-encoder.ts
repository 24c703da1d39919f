import type { Cell, Column, Row } from "../../../analytics/table.ts";
import { disarmJson, disarmName, disarmText } from "./formula-guard.ts";

export interface CsvGuard {
  /**
   * Whether text that a spreadsheet would run as a formula is prefixed with `'`, column names included. In JSON
   * and lists the sign is escaped instead; numbers stay unchanged. Turn it off to load the file into a database.
   */
  readonly guardFormulas: boolean;
}

const LINE_END = "\r\n";
const NEEDS_QUOTES = /[",\r\n]/;
/** Text that needs neither quotes nor a guard. That is most text, so one test replaces four. */
const PLAIN = /^[\dA-Za-z][^",;\t\n\v\f\r]*$/;
/** Number of characters that become bytes together; a longer text would be copied more often. */
const PIECE_LENGTH = 32 * 1024;

type Disarm = (text: string) => string;

/**
 * Encodes rows as CSV: RFC 4180, UTF-8, lines end in CRLF. An absent value is an empty field, an empty string is
 * `""`, a list is JSON text.
 *
 * This encoder is handwritten because a library that casts and joins cell by cell takes several times as long for
 * rows as wide and sparse as the platform's (`test/bench/writers.ts` measures both).
 */
export class CsvEncoder {
  readonly #columns: readonly Column[];
  /** Guard for the text of each column; null where nothing is guarded. */
  readonly #guards: readonly (Disarm | null)[];
  readonly #guardsFormulas: boolean;
  /** Commas for a number of consecutive columns without a value. */
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

  /** Number of bytes waiting to be taken; up to one more piece may be buffered as text. */
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

  /** Returns the bytes since the last call. */
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
  // JSON.stringify rejects a bigint; joined numbers are already JSON.
  if (typeof cell[0] !== "string") return textField(`[${cell.join(",")}]`, null);
  return textField(JSON.stringify(cell), guard === null ? null : disarmJson);
}

function textField(text: string, guard: Disarm | null): string {
  if (text === "") return '""';
  if (PLAIN.test(text)) return text;
  const field = guard === null ? text : guard(text);
  return NEEDS_QUOTES.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
