import type { Table } from "../../analytics/table.ts";
import { type Compression, openCompression } from "./compression.ts";
import { PlainFile } from "./plain-file.ts";
import type { ContentReader } from "./reading/content-reader.ts";
import type { TableEncoder, TableFile } from "./table-file.ts";

/** Output formats of an export, as typed after `--format`. */
export type Format = "ndjson" | "csv" | "parquet";

/** Settings for a row encoder. */
export interface EncodingOptions {
  readonly compression: Compression;
  /** Whether to escape CSV cells that a spreadsheet would run as formulas. */
  readonly guardFormulas: boolean;
}

/** Settings of a file. */
export interface FileOptions extends EncodingOptions {
  /** Whether a CSV file begins with the column names. */
  readonly csvHeader: boolean;
}

/** Properties of one output format. */
export interface FormatProperties {
  readonly label: string;
  /** Whether the format compresses its pages itself, so that the file name has no `.gz` or `.zst`. */
  readonly compressesInside: boolean;
  /** Compression of an export that specifies none. */
  readonly defaultCompression: Compression;
  /** Whether a file begins with the column names. */
  readonly hasHeader: boolean;
  /** Whether spreadsheets open the format, so that cells need a guard against formulas. */
  readonly isForSpreadsheets: boolean;
  /** Whether the files of several parts can be concatenated into one. */
  readonly canJoin: boolean;
  /** Loads the encoder of rows and its libraries; null for a format that keeps records as the API sent them. */
  readonly openTables: ((options: EncodingOptions) => Promise<(table: Table) => TableEncoder>) | null;
  /**
   * Creates a file for encoded rows.
   * @param table the table; null when records are written as the API sent them
   * @throws OutputError when the file cannot be opened
   */
  readonly createFile: (path: string, table: Table | null, options: FileOptions) => Promise<TableFile>;
  /** Loads the reader that verifies a finished file. */
  readonly openContent: () => Promise<ContentReader>;
}

const NO_HEADER = new Uint8Array();
/**
 * Compression level of zstd. Dictionaries have already replaced repeated values, so a higher level does not help: the
 * default level takes longer, and makes files of conversations even 1 % larger.
 */
const PARQUET_ZSTD_LEVEL = 1;

/** Every output format. The compiler rejects a format whose properties are missing. */
export const FORMATS: Readonly<Record<Format, FormatProperties>> = {
  ndjson: {
    label: "NDJSON",
    compressesInside: false,
    defaultCompression: "none",
    hasHeader: false,
    isForSpreadsheets: false,
    canJoin: true,
    openTables: null,
    openContent: async () => await import("./reading/ndjson-content.ts"),
    createFile: async (path, _table, { compression }) =>
      await PlainFile.create(path, { compress: await openCompression(compression), header: NO_HEADER }),
  },
  csv: {
    label: "CSV",
    compressesInside: false,
    defaultCompression: "none",
    hasHeader: true,
    isForSpreadsheets: true,
    canJoin: true,
    openContent: async () => await import("./csv/csv-content.ts"),
    async openTables({ compression, guardFormulas }) {
      const { CsvTableEncoder } = await import("./csv/csv-table-encoder.ts");
      const compress = await openCompression(compression);
      return ({ columns }) => new CsvTableEncoder(columns, { compress, guardFormulas });
    },
    async createFile(path, table, { compression, csvHeader, guardFormulas }) {
      const { csvHeaderOf } = await import("./csv/csv-text.ts");
      const header = csvHeader && table !== null ? csvHeaderOf(table.columns, { guardFormulas }) : NO_HEADER;
      return await PlainFile.create(path, { compress: await openCompression(compression), header });
    },
  },
  parquet: {
    label: "Parquet",
    compressesInside: true,
    // DuckDB, Spark, Trino, Athena and pandas can read zstd, and it makes files less than half as large.
    defaultCompression: "zstd",
    hasHeader: false,
    isForSpreadsheets: false,
    canJoin: false,
    openContent: async () => await import("./parquet/parquet-content.ts"),
    async openTables({ compression }) {
      const { ParquetTableEncoder } = await import("./parquet/parquet-table-encoder.ts");
      const compress = await openCompression(compression, PARQUET_ZSTD_LEVEL);
      return ({ columns }) => new ParquetTableEncoder(columns, { compression, compress });
    },
    async createFile(path, table) {
      const { ParquetFile } = await import("./parquet/parquet-file.ts");
      return await ParquetFile.create(path, table?.columns ?? []);
    },
  },
};

/** Returns the names of the formats, in the order of the help. */
export function formatNames(): readonly Format[] {
  return Object.keys(FORMATS) as Format[];
}

const SUFFIXES: Readonly<Record<Compression, string>> = { none: "", gzip: ".gz", zstd: ".zst" };

/** Returns the extension of a file name, such as `.csv.gz` or `.parquet`. */
export function extensionOf(format: Format, compression: Compression): string {
  return `.${format}${FORMATS[format].compressesInside ? "" : SUFFIXES[compression]}`;
}
