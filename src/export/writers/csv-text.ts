import type { Column, Row } from "../../analytics/table.ts";
import { CsvEncoder, type CsvGuard } from "./csv-encoder.ts";

export interface CsvOptions extends CsvGuard {
  /** Whether the names of the columns come first. */
  readonly header: boolean;
}

/** A piece of CSV as CsvEncoder writes it: each row is a line, the last one ended too. */
export function csvText(
  columns: readonly Column[],
  rows: readonly Row[],
  { header, ...guard }: CsvOptions,
): string {
  const encoder = new CsvEncoder(columns, guard);
  if (header) encoder.addHeader();
  for (const row of rows) encoder.addRow(row);
  return encoder.take().toString();
}
