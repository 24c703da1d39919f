import type { Column, Row } from "../table.ts";

/** Records of a response as one flat table, for a person or a spreadsheet. */
export interface AnswerTable {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Returns the table without columns that are empty in every row. */
export function withoutEmptyColumns({ columns, rows }: AnswerTable): AnswerTable {
  const kept = columns.flatMap((_column, index) => (rows.some((row) => !isEmpty(row[index])) ? [index] : []));
  return {
    columns: columns.filter((_column, index) => kept.includes(index)),
    rows: rows.map((row) => kept.map((index) => row[index] ?? null)),
  };
}

function isEmpty(cell: Row[number] | undefined): boolean {
  return cell === null || cell === undefined || (Array.isArray(cell) && cell.length === 0);
}
