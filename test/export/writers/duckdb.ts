import { DuckDBInstance, type Json } from "@duckdb/node-api";
import type { Format } from "../../../src/export/writers/formats.ts";

let database: Promise<DuckDBInstance> | null = null;

/** Returns the rows of an SQL query, read by DuckDB as an independent reader. 64-bit integers become text. */
export async function askDuckDb(sql: string): Promise<readonly Record<string, Json>[]> {
  database ??= DuckDBInstance.create();
  const connection = await (await database).connect();
  try {
    await connection.run("set timezone = 'UTC'");
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
  }
}

/** How DuckDB reads files of each format, also those in one directory per day. Add a new format here. */
const READERS: Readonly<Record<Format, (path: string) => string>> = {
  ndjson: (path) => `read_json_objects('${path}', format = 'newline_delimited', hive_partitioning = true)`,
  csv: (path) => `read_csv('${path}', header = true, hive_partitioning = true)`,
  parquet: (path) => `read_parquet('${path}', hive_partitioning = true)`,
};

/**
 * Returns the SQL that reads files of a format as one table; records that are kept as they are, in its column `json`.
 * @param path a path or a pattern
 */
export function readerOf(format: Format, path: string): string {
  return READERS[format](path);
}
