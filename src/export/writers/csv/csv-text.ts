import type { Column, Row } from "../../../analytics/table.ts";
import { CsvEncoder, type CsvGuard } from "./csv-encoder.ts";

export interface CsvOptions extends CsvGuard {
  /** Whether the text begins with the column names. */
  readonly header: boolean;
}

/** Returns rows as CSV text, encoded by CsvEncoder. Every line ends in CRLF, including the last. */
export function csvText(
  columns: readonly Column[],
  rows: readonly Row[],
  { header, ...guard }: CsvOptions,
): string {
  const encoder = new CsvEncoder(columns, guard);
  if (header) encoder.addHeader();
  for (const row of rows) encoder.addRow(row);
  return Buffer.from(encoder.take()).toString();
}

/** Returns the line of column names. */
export function csvHeaderOf(columns: readonly Column[], guard: CsvGuard): Uint8Array {
  const encoder = new CsvEncoder(columns, guard);
  encoder.addHeader();
  return encoder.take();
}
