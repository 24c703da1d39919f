/** How records are written. */
export type QueryFormat = "table" | "json" | "ndjson" | "csv";

export const QUERY_FORMATS: readonly QueryFormat[] = ["table", "json", "ndjson", "csv"];

/** Records without `--limit` and `--all`: enough to see what there is, at the cost of a request or two. */
export const DEFAULT_LIMIT = 100;
