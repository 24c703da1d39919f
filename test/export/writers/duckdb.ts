import { DuckDBInstance, type Json } from "@duckdb/node-api";

/** The rows of an SQL query, by DuckDB, which knows nothing of how the files came about; integers of 64 bits are text. */
export async function askDuckDb(sql: string): Promise<readonly Record<string, Json>[]> {
  const connection = await (await DuckDBInstance.create()).connect();
  try {
    await connection.run("set timezone = 'UTC'");
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
  }
}
