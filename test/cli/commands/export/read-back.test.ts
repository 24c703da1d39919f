import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allDatasets } from "../../../../src/analytics/datasets/datasets.ts";
import type { JsonRecord } from "../../../../src/core/json.ts";
import { extensionOf, FORMATS, type Format, formatNames } from "../../../../src/export/writers/formats.ts";
import { askDuckDb, readerOf } from "../../../export/writers/duckdb.ts";
import { DATASET_TRUTHS } from "../../../support/dataset-truths/dataset-truths.ts";
import {
  columnsOf,
  type Measured,
  measuredIn,
  measureRecords,
  sqlOfLines,
  sqlOfRows,
  type TableTruth,
} from "../../../support/dataset-truths/measure.ts";
import { type DatasetTruth, readTruth, truthStage } from "../../../support/dataset-truths/sandbox-truth.ts";
import { type ExportStage, readTrueManifest } from "../../../support/export-stage.ts";
import { hasPandas, type Pandas, startPandas } from "../../../support/pandas.ts";

type Tables = Readonly<Record<string, Measured>>;

function truthOf(name: string): DatasetTruth {
  const truth = DATASET_TRUTHS[name];
  if (truth === undefined) throw new Error(`test/support/dataset-truths lacks ${name}`);
  return truth;
}

/** Measures every table of a dataset, including tables for which no file exists. */
async function measureTables(
  { tables }: DatasetTruth,
  measure: (table: string, truth: TableTruth) => Promise<Measured> | Measured,
): Promise<Tables> {
  const measured = Object.entries(tables).map(
    async ([name, truth]) => [name, await measure(name, truth)] as const,
  );
  return Object.fromEntries(await Promise.all(measured));
}

/**
 * Exports a dataset into a directory that is named after the format. Returns a function that returns the path pattern
 * of a table's files.
 */
async function exportAll(
  stage: ExportStage,
  name: string,
  format: Format,
): Promise<(table: string) => string> {
  const truth = truthOf(name);
  const { openTables, isForSpreadsheets, defaultCompression } = FORMATS[format];
  const out = `${name.replaceAll(" ", "-")}.${format}s`;
  const flags = [...(truth.flags ?? []), ...(isForSpreadsheets ? ["--no-formula-guard"] : [])];
  const { exitCode, stderr } = await stage.run([
    ...name.split(" "),
    ...["--out", out, "--format", format, "--quiet", ...flags],
  ]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect((await stage.run(["--verify", out, "--quiet"])).exitCode).toBe(0);
  const directory = join(stage.directory, out);
  const manifest = await readTrueManifest(join(directory, "manifest.json"));
  const written = new Set(manifest.each("files", "table"));
  const main = mainTableOf(name);
  expect([...written].toSorted()).toEqual(
    openTables === null ? [main] : Object.keys(truth.tables).toSorted(),
  );
  return (table) =>
    join(directory, openTables === null ? main : table, `*${extensionOf(format, defaultCompression)}`);
}

function mainTableOf(name: string): string {
  return allDatasets().find((dataset) => dataset.name === name)?.table ?? "";
}

type FilesOf = Awaited<ReturnType<typeof exportAll>>;

/** Measures the files of a dataset with DuckDB. */
async function measureWithDuckDb(name: string, format: Format, filesOf: FilesOf): Promise<Tables> {
  const sqlOf = FORMATS[format].openTables === null ? sqlOfLines : sqlOfRows;
  return await measureTables(truthOf(name), async (table, each) =>
    measuredIn((await askDuckDb(sqlOf(readerOf(format, filesOf(table)), each)))[0]),
  );
}

let pandas: Pandas | null = null;
beforeAll(() => {
  pandas = hasPandas ? startPandas() : null;
});
afterAll(() => pandas?.stop());

/** Compares what pandas reads with the records, for the two formats that it reads without another package. */
async function expectSameInPandas(
  { measure }: Pandas,
  name: string,
  format: Format,
  { filesOf, records, expected }: { filesOf: FilesOf; records: readonly JsonRecord[]; expected: Tables },
): Promise<void> {
  const { tables } = truthOf(name);
  if (format === "csv") {
    const inCsv = await measureTables(truthOf(name), async (table, each) =>
      measuredIn(await measure({ format, pattern: filesOf(table), fields: columnsOf(each) })),
    );
    expect({ name, ...inCsv }).toEqual({ name, ...expected });
  }
  if (format === "ndjson") {
    const main = mainTableOf(name);
    const { [main]: { lists, fields } = {} } = tables;
    // A line of aggregates does not correspond to one expected record, because its rows are in nested lists.
    if (lists !== undefined) return;
    const table = { fields: withoutNested(fields ?? {}) };
    const inLines = measuredIn(await measure({ format, pattern: filesOf(main), fields: columnsOf(table) }));
    expect({ name, ...inLines }).toEqual({ name, ...measureRecords(records, table) });
  }
}

describe(`DuckDB and pandas read the same data as the sandbox contains${hasPandas ? "" : " (pandas needs python3-pandas)"}`, () => {
  test.each(allDatasets().map(({ name }) => name))("for %s, in each format", async (name) => {
    const stage = await truthStage();
    const truth = truthOf(name);
    const records = truth.records(await readTruth(stage));
    const expected = await measureTables(truth, (_, table) => measureRecords(records, table));
    expect(Math.min(...Object.values(expected).map(({ rows }) => rows ?? 0))).toBeGreaterThan(0);
    for (const format of formatNames()) {
      const filesOf = await exportAll(stage, name, format);
      const inDuckDb = await measureWithDuckDb(name, format, filesOf);
      expect({ format, ...inDuckDb }).toEqual({ format, ...expected });
      if (pandas !== null) await expectSameInPandas(pandas, name, format, { filesOf, records, expected });
    }
  });
});

/** Returns the fields of the record itself, because pandas does not flatten nested objects. */
function withoutNested(fields: TableTruth["fields"]): TableTruth["fields"] {
  return Object.fromEntries(Object.entries(fields).filter(([path]) => /^\w+$/.test(path)));
}
