import type { JsonRecord } from "../core/json.ts";

/**
 * What a column holds. `timestamp` is an instant with milliseconds, in UTC; `json` is JSON text of what has no
 * columns of its own; `strings` and `integers` are lists.
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

/** Every column may be empty: the platform leaves out what it does not know. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** A table with columns fixed by the platform's model, never by the data: the same in every file of an export. */
export interface Table {
  /** `conversations`, `participants`: the name of its file or directory. */
  readonly name: string;
  readonly columns: readonly Column[];
}

/**
 * A value as JSON had it (a timestamp is still its ISO-8601 text); null where absent. An integer that a number
 * can't hold exactly is a bigint.
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

/** Makes rows of related tables from one record. */
export interface Flattener {
  readonly tables: readonly Table[];
  /** Hands over each row with the index of its table in `tables`. */
  flatten(record: JsonRecord, emit: (table: number, row: Row) => void): void;
}
