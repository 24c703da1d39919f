import type { Cell, Column, Row } from "../../analytics/table.ts";

export interface CsvOptions {
  /** Whether the names of the columns come first. */
  readonly header: boolean;
  /**
   * Whether text that a spreadsheet would take for a formula gets a `'` in front: what begins with `=`, `+`,
   * `-`, `@`, a tab or CR. Only strings, also those in dimension columns: a number, an instant, a list or JSON
   * is never one. Whoever loads the file into a database turns this off.
   */
  readonly guardFormulas: boolean;
}

const LINE_END = "\r\n";
const NEEDS_QUOTES = /[",\r\n]/;
const STARTS_A_FORMULA = /^[=+\-@\t\r]/;

/**
 * Rows as CSV (RFC 4180, lines end in CRLF), one line each, the last one ended too, so that pieces can follow
 * one another. An absent value is an empty field, an empty string is `""`; lists are JSON text.
 *
 * Written by hand, because a library that casts cell by cell takes more than twice as long for rows as wide
 * and as empty as the platform's (`test/bench/writers.ts` measures both).
 */
export function csvText(
  columns: readonly Column[],
  rows: readonly Row[],
  { header, guardFormulas }: CsvOptions,
): string {
  let text = header ? columns.map(({ name }) => quoted(name)).join(",") + LINE_END : "";
  const isGuarded = columns.map(({ type }) => guardFormulas && type === "string");
  for (const row of rows) {
    for (let index = 0; index < columns.length; index += 1) {
      if (index > 0) text += ",";
      const cell = row[index];
      if (cell === null || cell === undefined) continue;
      if (typeof cell !== "string") text += fieldOf(cell);
      else text += quoted(isGuarded[index] === true && STARTS_A_FORMULA.test(cell) ? `'${cell}` : cell);
    }
    text += LINE_END;
  }
  return text;
}

function fieldOf(cell: Exclude<Cell, string | null>): string {
  if (typeof cell !== "object") return String(cell);
  // A bigint is nothing to JSON.stringify; numbers joined are JSON already.
  return quoted(typeof cell[0] === "string" ? JSON.stringify(cell) : `[${cell.join(",")}]`);
}

function quoted(text: string): string {
  if (text === "") return '""';
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
