#!/usr/bin/env node
// `duckdb -c STATEMENT` with the engine of the development dependency, where its own program is not installed.
import { DuckDBInstance } from "@duckdb/node-api";

const [, , , statement] = process.argv;
const connection = await (await DuckDBInstance.create()).connect();
const answer = await connection.runAndReadAll(statement);
for (const row of answer.getRowsJson()) process.stdout.write(`${row.join("\t")}\n`);
