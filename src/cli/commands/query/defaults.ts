/** The output formats of records. */
export type QueryFormat = "table" | "wide" | "json" | "ndjson" | "csv";

export const QUERY_FORMATS: readonly QueryFormat[] = ["table", "wide", "json", "ndjson", "csv"];

/** The number of records to read without `--limit` or `--all`: enough for an overview, and at most a request or two. */
export const DEFAULT_LIMIT = 100;
