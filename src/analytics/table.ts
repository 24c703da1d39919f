import type { JsonRecord } from "../core/json.ts";

/**
 * Type of a column. `timestamp` is an instant with milliseconds, in UTC; `json` is JSON text of values without their
 * own columns; `strings` and `integers` are lists.
 */
export type ColumnType =
  | "string"
  | "boolean"
  | "int32"
  | "int64"
  | "double"
  | "timestamp"
  | "strings"
  | "integers"
  | "json";

/** One column. Any cell can be empty, because the platform omits unknown values. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/**
 * A table whose columns come from the platform's model, never from the data, and are the same in every file
 * of an export.
 */
export interface Table {
  /** Name of the table's file or directory, such as `conversations`. */
  readonly name: string;
  readonly columns: readonly Column[];
}

/**
 * A value as in the JSON (a timestamp stays an ISO 8601 string); null when absent. An integer that a number
 * can't represent exactly is a bigint.
 */
export type Cell =
  | string
  | number
  | bigint
  | boolean
  | readonly string[]
  | readonly (number | bigint)[]
  | null;

/** Cells in the order of the table's columns. */
export type Row = readonly Cell[];

/** Turns each record into rows of related tables. */
export interface Flattener {
  readonly tables: readonly Table[];
  /** Calls `emit` for each row with the index of its table in `tables`. */
  flatten(record: JsonRecord, emit: (table: number, row: Row) => void): void;
}
