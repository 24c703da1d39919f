import { FORMATS, formatNames } from "./formats.ts";

/** Returns the names of all formats: `NDJSON, CSV or Parquet`. */
export function anyFormat(): string {
  return joined(
    formatNames().map((name) => FORMATS[name].label),
    "or",
  );
}

/** Returns the names of the formats that consist of tables: `CSV and Parquet`. */
export function tableFormats(conjunction: "and" | "or"): string {
  const names = formatNames().filter((name) => FORMATS[name].openTables !== null);
  return joined(
    names.map((name) => FORMATS[name].label),
    conjunction,
  );
}

/** Returns the names of the formats that spreadsheets open: `CSV`. */
export function spreadsheetFormats(conjunction: "and" | "or"): string {
  const names = formatNames().filter((name) => FORMATS[name].isForSpreadsheets);
  return joined(
    names.map((name) => FORMATS[name].label),
    conjunction,
  );
}

/** Returns the possible endings of a file name: `.ndjson (.gz, .zst), .csv (.gz, .zst) or .parquet`. */
export function fileEndings(): string {
  return joined(
    formatNames().map((name) => `.${name}${FORMATS[name].compressesInside ? "" : " (.gz, .zst)"}`),
    "or",
  );
}

/** Returns the default compression of each format: `zstd for Parquet, otherwise none`. */
export function defaultCompressions(): string {
  const compressed = formatNames()
    .map((name) => FORMATS[name])
    .filter(({ defaultCompression }) => defaultCompression !== "none")
    .map(({ defaultCompression, label }) => `${defaultCompression} for ${label}`);
  return [...compressed, "otherwise none"].join(", ");
}

function joined(names: readonly string[], conjunction: string): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
