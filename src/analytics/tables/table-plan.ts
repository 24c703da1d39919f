import type { JsonRecord } from "../../core/json.ts";
import type { Cell, Column, ColumnType, Table } from "../table.ts";
import { cellOf } from "./cell.ts";
import { ExactNumber } from "./exact-number.ts";
import { textOf } from "./record-text.ts";

/** What the platform's model says of one kind of object. */
export interface Model {
  /** The fields that are columns. */
  readonly columns: readonly Column[];
  /** The fields that hold arrays, or objects, which are rows or columns elsewhere. */
  readonly lists?: readonly string[];
  readonly objects?: readonly string[];
}

interface Place {
  readonly column: number;
  readonly type: ColumnType | "list" | "object";
}

/** Where the fields of a kind of object go in a row. */
export type Places = ReadonlyMap<string, Place>;

export interface TablePlan {
  readonly table: Table;
  readonly places: Places;
  /** A row of nothing, to be copied and filled. */
  readonly blank: readonly Cell[];
  /** The column `extra`, the last of every table. */
  readonly extra: number;
}

/** Columns of one type. */
export function columnsOf(type: ColumnType, ...names: readonly string[]): readonly Column[] {
  return names.map((name) => ({ name, type }));
}

export interface TableParts {
  /** What the row is known by: filled by whoever makes the rows. */
  readonly keys?: readonly Column[];
  readonly model: Model;
  /** Columns behind those of the model, filled by whoever makes the rows too. */
  readonly others?: readonly Column[];
}

/** A table whose columns are keys, the model's, others, and `extra`. */
export function planTable(name: string, { keys = [], model, others = [] }: TableParts): TablePlan {
  const columns = [...keys, ...model.columns, ...others, { name: "extra", type: "json" } as const];
  return {
    table: { name, columns },
    places: placesOf(model, keys.length),
    blank: columns.map(() => null),
    extra: columns.length - 1,
  };
}

/** Places for the fields of a model whose first column is `first` in the row. */
export function placesOf({ columns, lists = [], objects = [] }: Model, first: number): Places {
  return new Map<string, Place>([
    ...columns.map(({ name, type }, index): [string, Place] => [name, { column: first + index, type }]),
    ...lists.map((name): [string, Place] => [name, { column: -1, type: "list" }]),
    ...objects.map((name): [string, Place] => [name, { column: -1, type: "object" }]),
  ]);
}

/**
 * Puts the fields of a record into their columns of a row. A null is the same as an absent field, which is what
 * the platform sends instead.
 * @returns the fields that have no column, or hold what theirs can't, for `extra`; null when there are none
 */
export function readFields(places: Places, record: JsonRecord, row: Cell[]): JsonRecord | null {
  let leftovers: Record<string, unknown> | null = null;
  for (const name in record) {
    const value = record[name];
    const place = places.get(name);
    if (place !== undefined && (value === null || hasPlace(place, value, row))) continue;
    // Without a prototype, so that a field may be called `__proto__`.
    leftovers ??= Object.create(null) as Record<string, unknown>;
    leftovers[name] = value;
  }
  return leftovers;
}

function hasPlace({ column, type }: Place, value: unknown, row: Cell[]): boolean {
  if (type === "list" || type === "object")
    return isContainer(value) && Array.isArray(value) === (type === "list");
  const cell = cellOf(type, value);
  if (cell === undefined) return false;
  row[column] = cell;
  return true;
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && !(value instanceof ExactNumber);
}

/** The row of an item of a list: its key, and its fields, or all of it in `extra` when it is no object. */
export function rowOf({ places, blank, extra }: TablePlan, key: readonly Cell[], item: unknown): Cell[] {
  const row = blank.slice();
  for (let index = 0; index < key.length; index += 1) row[index] = key[index] ?? null;
  if (item === null) return row;
  const leftovers =
    isContainer(item) && !Array.isArray(item) ? readFields(places, item as JsonRecord, row) : item;
  if (leftovers !== null) row[extra] = textOf(leftovers);
  return row;
}
