/** How records are written. */
export type QueryFormat = "table" | "json" | "ndjson" | "csv";

export const QUERY_FORMATS: readonly QueryFormat[] = ["table", "json", "ndjson", "csv"];

/** Records without `--limit` and `--all`: enough to see what there is, at the cost of a request or two. */
export const DEFAULT_LIMIT = 100;

/** A person waits for a query; a scheduler that can wait longer says so with `--max-wait`. */
export const DEFAULT_MAX_WAIT = "30s";
