import type { Compression } from "./compression.ts";

export type Format = "ndjson" | "csv" | "parquet";

const SUFFIXES: Readonly<Record<Compression, string>> = { none: "", gzip: ".gz", zstd: ".zst" };

/** How the name of a file ends: `.csv.gz`. Parquet compresses inside and stays `.parquet`. */
export function extensionOf(format: Format, compression: Compression): string {
  return format === "parquet" ? ".parquet" : `.${format}${SUFFIXES[compression]}`;
}
