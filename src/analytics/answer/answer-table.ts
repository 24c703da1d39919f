import type { Column, Row } from "../table.ts";

/** Records of an answer as one flat table: what a person or a spreadsheet reads. */
export interface AnswerTable {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** The table without columns in which no row has a value. */
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
