/** How records are written. */
export type Format = "ndjson" | "csv" | "parquet";
export type Compression = "none" | "gzip" | "zstd";

export const FORMATS: readonly Format[] = ["ndjson", "csv", "parquet"];

/** The end of a file's name, with its dot: Parquet compresses inside and keeps its own. */
export function extensionOf(format: Format, compression: Compression): string {
  if (format === "parquet" || compression === "none") return `.${format}`;
  return `.${format}${compression === "gzip" ? ".gz" : ".zst"}`;
}
