import type { Flattener } from "../table.ts";
import type { RecordModel } from "../tables/record-flattener.ts";
import type { DatasetAccess } from "./dataset-access.ts";
import type { FileOperations } from "./file-operations.ts";

/** Options of a flattener that depend on the request. */
export interface FlattenerOptions {
  /** Dimensions to group aggregates by. */
  readonly groupBy: readonly string[];
}

/** Tables of a dataset in CSV and Parquet: one row per record, or related tables. */
export type DatasetTables =
  | { readonly kind: "one-row"; readonly model: RecordModel }
  | {
      readonly kind: "related";
      /** Whether there is more than one table, so that a single file cannot contain the dataset. */
      readonly areSeveral: boolean;
      flattener(options: FlattenerOptions): Promise<Flattener>;
    };

/** One exportable dataset: its requests, its records and its tables. */
export interface Dataset {
  /** Name as typed after `genscope export`. */
  readonly name: string;
  readonly summary: string;
  /** Name of the main table and of its directory. */
  readonly table: string;
  readonly access: DatasetAccess;
  /**
   * Requests that return the recordings or transcripts of conversations; absent for a dataset whose pages contain its
   * records.
   */
  readonly files?: FileOperations;
  /**
   * Fields that together identify a record; `bytes` when only the whole record does, null when repeats are
   * legitimate.
   */
  readonly identity: { readonly fields: readonly string[] } | "bytes" | null;
  /** Fields with the start and the end of a record; null for a dataset whose records do not belong to days. */
  readonly life: { readonly start: string; readonly end: string } | null;
  /** Fields that no file ever contains, at any depth of a record. */
  readonly withheld: readonly string[];
  /** Facts about the dataset that the platform does not publish, each as a sentence. */
  readonly unknowns?: readonly string[];
  /** Default metrics of an aggregate. */
  readonly metrics: readonly string[];
  readonly tables: DatasetTables;
}
