/** The output formats of records. */
export type QueryFormat = "table" | "wide" | "json" | "ndjson" | "csv";

export const QUERY_FORMATS: readonly QueryFormat[] = ["table", "wide", "json", "ndjson", "csv"];

/**
 * The number of records without `--limit` and `--all`: enough for an overview, at the cost of a request or
 * two.
 */
export const DEFAULT_LIMIT = 100;
