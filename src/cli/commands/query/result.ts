import type { Narrowing, ReachedDivisions } from "../../../analytics/narrowing.ts";

/** The JSON contract of `query`. */
export interface QueryResult {
  readonly schema: "genscope/query/v1";
  /** The name of the query; null for an operation that is not a named query. */
  readonly name: string | null;
  readonly operation: { readonly method: string; readonly path: string; readonly operationId: string | null };
  /** The interval in UTC; null for a request without one. */
  readonly interval: string | null;
  /**
   * The total number of records according to the service, possibly an estimate; null when the service does
   * not report it.
   */
  readonly total: number | null;
  /** Whether `records` contains all records; null when unknown. */
  readonly isComplete: boolean | null;
  /** Reasons why there may be fewer or different records than requested. */
  readonly notes: readonly string[];
  /** The notes that are not about a failure, such as those on divisions, a start page or a local day. */
  readonly narrowing: readonly Narrowing[];
  /**
   * The divisions in which the permission that this call needs is held; `"*"` for all of them, null when unknown. A
   * role condition may narrow them further.
   */
  readonly divisions: ReachedDivisions;
  /** The records as the service sent them; `--names` adds names next to the ids. */
  readonly records: readonly unknown[];
}
