import { DuckDBInstance, type Json } from "@duckdb/node-api";
import type { Format } from "../../../src/export/writers/formats.ts";

let database: Promise<DuckDBInstance> | null = null;

/**
 * Runs an SQL query in DuckDB, which serves as an independent reader. Returns the rows, with 64-bit integers as text.
 */
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

/**
 * The DuckDB function that reads files of each format, including files in one directory per day. Add new formats
 * here.
 */
const READERS: Readonly<Record<Format, (path: string) => string>> = {
  ndjson: (path) => `read_json_objects('${path}', format = 'newline_delimited', hive_partitioning = true)`,
  csv: (path) => `read_csv('${path}', header = true, hive_partitioning = true)`,
  parquet: (path) => `read_parquet('${path}', hive_partitioning = true)`,
};

/**
 * Returns the SQL that reads files of a format as one table. Records in their original form are in its column `json`.
 * @param path a path or a pattern
 */
export function readerOf(format: Format, path: string): string {
  return READERS[format](path);
}
