/** The JSON contract of `query`. */
export interface QueryResult {
  readonly schema: "genscope/query/v1";
  /** Null for an operation without a name of its own. */
  readonly name: string | null;
  readonly operation: { readonly method: string; readonly path: string; readonly operationId: string | null };
  /** What was asked of, in UTC; null where no interval was. */
  readonly interval: string | null;
  /** How many records there are in all, as the service counts, which may be an estimate; null when it does not say. */
  readonly total: number | null;
  /** Whether these are all records; null when that is not known. */
  readonly isComplete: boolean | null;
  /** Why there may be less or other than was asked for. */
  readonly notes: readonly string[];
  /** As the service sent them, with names beside the ids with `--names`. */
  readonly records: readonly unknown[];
}
