import { DuckDBInstance, type Json } from "@duckdb/node-api";

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
