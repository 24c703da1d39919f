import { FORMATS, formatNames } from "./formats.ts";

/** Names every format: `NDJSON, CSV or Parquet`. */
export function anyFormat(): string {
  return joined(
    formatNames().map((name) => FORMATS[name].label),
    "or",
  );
}

/** Names the formats that consist of tables: `CSV and Parquet`. */
export function tableFormats(conjunction: "and" | "or"): string {
  const names = formatNames().filter((name) => FORMATS[name].openTables !== null);
  return joined(
    names.map((name) => FORMATS[name].label),
    conjunction,
  );
}

/** Names the endings of the files: `.ndjson (.gz, .zst), .csv (.gz, .zst) or .parquet`. */
export function fileEndings(): string {
  return joined(
    formatNames().map((name) => `.${name}${FORMATS[name].compressesInside ? "" : " (.gz, .zst)"}`),
    "or",
  );
}

/** Names the compression of an export that specifies none: `zstd for Parquet, otherwise none`. */
export function defaultCompressions(): string {
  const compressed = formatNames()
    .map((name) => FORMATS[name])
    .filter(({ defaultCompression }) => defaultCompression !== "none")
    .map(({ defaultCompression, label }) => `${defaultCompression} for ${label}`);
  return [...compressed, "otherwise none"].join(", ");
}

function joined(names: readonly string[], conjunction: string): string {
  return `${names.slice(0, -1).join(", ")} ${conjunction} ${names.at(-1) ?? ""}`;
}
