import { GAP } from "./fit-columns.ts";
import { widthOf, withShortIds } from "./table-cells.ts";

/** The facts about a column that decide whether its ids are shortened. */
interface ColumnOfIds {
  readonly name: string;
  readonly cells: readonly string[];
  readonly isKey?: boolean;
  readonly rank?: number;
  readonly least?: number;
}

/** Width to leave for the beginning of a truncated or wrapped cell, next to ids that are shown in full. */
const COMFORTABLE = 40;
/**
 * Columns of this rank or higher are omitted before the id of the row is shortened, because the id identifies the row.
 */
const DISPENSABLE = 3;

/**
 * Shortens UUIDs only if the columns do not fit into `width` otherwise, the least important column first. Never
 * shortens the id of the row to make room for an unimportant column. A column that keeps its ids in full also keeps the
 * width that they need.
 */
export function withIdsThatFit<Column extends ColumnOfIds>(
  columns: readonly Column[],
  width: number,
): readonly Column[] {
  const fitted = [...columns];
  const widths = columns.map(comfortableWidth);
  const shortened = columns.map((column) => ({ ...column, cells: withShortIds(column.cells) }));
  const isChanged = (index: number) =>
    columns[index]?.cells.some((cell, row) => cell !== shortened[index]?.cells[row]) === true;
  const withIds = [...columns.keys()].filter(isChanged);
  for (const index of withIds.toSorted((a, b) => importanceOf(columns, a) - importanceOf(columns, b))) {
    const short = shortened[index];
    const besides = isRowId(columns[index])
      ? widths.filter((_width, column) => (columns[column]?.rank ?? 0) < DISPENSABLE)
      : widths;
    if (short === undefined || sum(besides) + GAP * (besides.length - 1) <= width) break;
    fitted[index] = short;
    widths[index] = comfortableWidth(short);
  }
  return fitted.map((column, index) =>
    withIds.includes(index) && column === columns[index] ? { ...column, least: widths[index] } : column,
  );
}

/** Returns whether a column contains the id of its row, which is shortened last. */
function isRowId(column: ColumnOfIds | undefined): boolean {
  return column?.isKey === true || (column?.rank ?? 0) < 0;
}

/**
 * Returns a sort key for the order in which `fitColumns` omits columns: the highest rank first, from the right, and
 * keys last.
 */
function importanceOf(columns: readonly ColumnOfIds[], index: number): number {
  const { isKey = false, rank = 0 } = columns[index] ?? {};
  return (isKey ? columns.length : 0) - rank * columns.length - index;
}

function comfortableWidth({ name, cells }: ColumnOfIds): number {
  const natural = cells.reduce((most, cell) => Math.max(most, widthOf(cell)), widthOf(name));
  return Math.min(natural, COMFORTABLE);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
