import type { JsonRecord } from "../../core/json.ts";
import type { Cell, Column, ColumnType, Table } from "../table.ts";
import { cellOf } from "./cell.ts";
import { ExactNumber } from "./exact-number.ts";
import { textOf } from "./record-text.ts";

/** The platform's model of one kind of object. */
export interface Model {
  /** Fields that become columns. */
  readonly columns: readonly Column[];
  /** Fields with arrays or objects, which become rows or columns elsewhere. */
  readonly lists?: readonly string[];
  readonly objects?: readonly string[];
}

interface FieldColumn {
  readonly column: number;
  readonly type: ColumnType | "list" | "object";
}

/** A row's columns for the fields of one kind of object. */
export type FieldColumns = ReadonlyMap<string, FieldColumn>;

export interface TablePlan {
  readonly table: Table;
  readonly fieldColumns: FieldColumns;
  /** An empty row, to be copied and filled. */
  readonly blank: readonly Cell[];
  /** Index of the column `extra`, the last of every table. */
  readonly extra: number;
}

/** Returns columns of one type. */
export function columnsOf(type: ColumnType, ...names: readonly string[]): readonly Column[] {
  return names.map((name) => ({ name, type }));
}

export interface TableParts {
  /** Key columns, filled by the flattener. */
  readonly keys?: readonly Column[];
  readonly model: Model;
  /** Columns after those of the model, also filled by the flattener. */
  readonly others?: readonly Column[];
}

/** Returns a table with the columns of the keys, the model, the others, and `extra`. */
export function planTable(name: string, { keys = [], model, others = [] }: TableParts): TablePlan {
  const columns = [...keys, ...model.columns, ...others, { name: "extra", type: "json" } as const];
  return {
    table: { name, columns },
    fieldColumns: fieldColumnsOf(model, keys.length),
    blank: columns.map(() => null),
    extra: columns.length - 1,
  };
}

/** Returns the columns for the fields of a model whose first column has the index `first`. */
export function fieldColumnsOf({ columns, lists = [], objects = [] }: Model, first: number): FieldColumns {
  return new Map<string, FieldColumn>([
    ...columns.map(({ name, type }, index): [string, FieldColumn] => [name, { column: first + index, type }]),
    ...lists.map((name): [string, FieldColumn] => [name, { column: -1, type: "list" }]),
    ...objects.map((name): [string, FieldColumn] => [name, { column: -1, type: "object" }]),
  ]);
}

/**
 * Writes the fields of a record into their columns of a row. A null counts as an absent field, because the
 * platform omits empty fields.
 * @returns the fields without a column or with a value that does not fit, for `extra`; null when there are none
 */
export function readFields(fieldColumns: FieldColumns, record: JsonRecord, row: Cell[]): JsonRecord | null {
  let leftovers: Record<string, unknown> | null = null;
  for (const name in record) {
    const value = record[name];
    const column = fieldColumns.get(name);
    if (column !== undefined && (value === null || hasPlace(column, value, row))) continue;
    // An object without a prototype can have a field called `__proto__`.
    leftovers ??= Object.create(null) as Record<string, unknown>;
    leftovers[name] = value;
  }
  return leftovers;
}

function hasPlace({ column, type }: FieldColumn, value: unknown, row: Cell[]): boolean {
  if (type === "list" || type === "object") {
    return isContainer(value) && Array.isArray(value) === (type === "list");
  }
  const cell = cellOf(type, value);
  if (cell === undefined) return false;
  row[column] = cell;
  return true;
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && !(value instanceof ExactNumber);
}

/**
 * Returns the row of a list item: its key and its fields, or the whole item in `extra` when it is not an
 * object.
 */
export function rowOf(
  { fieldColumns, blank, extra }: TablePlan,
  key: readonly Cell[],
  item: unknown,
): Cell[] {
  const row = blank.slice();
  for (let index = 0; index < key.length; index += 1) row[index] = key[index] ?? null;
  if (item === null) return row;
  const leftovers =
    isContainer(item) && !Array.isArray(item) ? readFields(fieldColumns, item as JsonRecord, row) : item;
  if (leftovers !== null) row[extra] = textOf(leftovers);
  return row;
}
