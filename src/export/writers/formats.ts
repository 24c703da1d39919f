import type { Table } from "../../analytics/table.ts";
import type { Compression } from "./compression.ts";
import type { ContentReader } from "./reading/content-reader.ts";
import type { TableFile } from "./table-file.ts";

/** Output formats of an export, as typed after `--format`. */
export type Format = "ndjson" | "csv" | "parquet";

/** Settings of the files of one part. */
export interface TableFileOptions {
  readonly compression: Compression;
  /** Returns the path of a table's file. */
  readonly fileFor: (table: string) => string;
  /** Whether CSV begins with the column names. */
  readonly csvHeader: boolean;
  /** Whether CSV cells that a spreadsheet would run as formulas are escaped. */
  readonly guardFormulas: boolean;
}

/** Creates the file of one table. */
export type CreateTableFile = (table: Table) => Promise<TableFile>;

/** Properties of one output format. */
export interface FormatProperties {
  readonly label: string;
  /** Whether the format compresses its pages itself, so that the file name has no `.gz` or `.zst`. */
  readonly compressesInside: boolean;
  /** Whether a file begins with the column names. */
  readonly hasHeader: boolean;
  /** Whether spreadsheets open the format, so that cells need a guard against formulas. */
  readonly isForSpreadsheets: boolean;
  /** Whether the files of several parts can be concatenated into one. */
  readonly canJoin: boolean;
  /** Loads the writer and its libraries; null for a format that keeps the records as the API sent them. */
  readonly openTables: ((options: TableFileOptions) => Promise<CreateTableFile>) | null;
  /** Loads the reader with which a finished file is verified. */
  readonly openContent: () => Promise<ContentReader>;
}

/** Every output format. The compiler rejects a format without its properties. */
export const FORMATS: Readonly<Record<Format, FormatProperties>> = {
  ndjson: {
    label: "NDJSON",
    compressesInside: false,
    hasHeader: false,
    isForSpreadsheets: false,
    canJoin: true,
    openTables: null,
    openContent: async () => await import("./reading/ndjson-content.ts"),
  },
  csv: {
    label: "CSV",
    compressesInside: false,
    hasHeader: true,
    isForSpreadsheets: true,
    canJoin: true,
    openContent: async () => await import("./csv/csv-content.ts"),
    async openTables({ compression, fileFor, csvHeader: header, guardFormulas }) {
      const { CsvFile } = await import("./csv/csv-file.ts");
      const { openCompression } = await import("./compression.ts");
      const compress = await openCompression(compression);
      return async (table) =>
        await CsvFile.create(table, { path: fileFor(table.name), compress, header, guardFormulas });
    },
  },
  parquet: {
    label: "Parquet",
    compressesInside: true,
    hasHeader: false,
    isForSpreadsheets: false,
    canJoin: false,
    openContent: async () => await import("./parquet/parquet-content.ts"),
    async openTables({ compression, fileFor }) {
      const { ParquetFile, openPageCompression } = await import("./parquet/parquet.ts");
      const compress = await openPageCompression(compression);
      return async (table) =>
        await ParquetFile.create(table, { path: fileFor(table.name), compression, compress });
    },
  },
};

/** The names of the formats, in the order of the help. */
export function formatNames(): readonly Format[] {
  return Object.keys(FORMATS) as Format[];
}

const SUFFIXES: Readonly<Record<Compression, string>> = { none: "", gzip: ".gz", zstd: ".zst" };

/** Returns the ending of a file name, such as `.csv.gz` or `.parquet`. */
export function extensionOf(format: Format, compression: Compression): string {
  return `.${format}${FORMATS[format].compressesInside ? "" : SUFFIXES[compression]}`;
}
