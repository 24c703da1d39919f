import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allDatasets } from "../../../../src/analytics/datasets/datasets.ts";
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
import { hasPandas, startPandas } from "../../../support/pandas.ts";

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

/** Exports a dataset, and measures the files with DuckDB. */
async function readBack(stage: ExportStage, name: string, format: Format): Promise<Tables> {
  const filesOf = await exportAll(stage, name, format);
  const sqlOf = FORMATS[format].openTables === null ? sqlOfLines : sqlOfRows;
  return await measureTables(truthOf(name), async (table, each) =>
    measuredIn((await askDuckDb(sqlOf(readerOf(format, filesOf(table)), each)))[0]),
  );
}

describe("DuckDB reads the same data as the sandbox contains", () => {
  test.each(allDatasets().map(({ name }) => name))("of %s, in each format", async (name) => {
    const stage = await truthStage();
    const state = await readTruth(stage);
    const truth = truthOf(name);
    const records = truth.records(state);
    const expected = await measureTables(truth, (_, table) => measureRecords(records, table));
    expect(Math.min(...Object.values(expected).map(({ rows }) => rows ?? 0))).toBeGreaterThan(0);
    for (const format of formatNames()) {
      expect({ format, ...(await readBack(stage, name, format)) }).toEqual({ format, ...expected });
    }
  });
});

describe.skipIf(!hasPandas)(
  "pandas reads the same data as the sandbox contains (needs python3-pandas)",
  () => {
    test("of every dataset, in CSV and in NDJSON", async () => {
      const stage = await truthStage();
      const state = await readTruth(stage);
      const measure = startPandas();
      for (const { name } of allDatasets()) {
        const truth = truthOf(name);
        const records = truth.records(state);
        const filesOf = {
          csv: await exportAll(stage, name, "csv"),
          ndjson: await exportAll(stage, name, "ndjson"),
        };
        const expected = await measureTables(truth, (_, table) => measureRecords(records, table));
        const inCsv = await measureTables(truth, async (table, each) =>
          measuredIn(await measure({ format: "csv", pattern: filesOf.csv(table), fields: columnsOf(each) })),
        );
        expect({ name, ...inCsv }).toEqual({ name, ...expected });

        // A line of aggregates does not correspond to one expected record, because its rows are in nested lists.
        const main = mainTableOf(name);
        const { [main]: { lists, fields } = {} } = truth.tables;
        if (lists !== undefined) continue;
        const table = { fields: withoutNested(fields ?? {}) };
        const request = {
          format: "ndjson",
          pattern: filesOf.ndjson(main),
          fields: columnsOf(table),
        } as const;
        const inLines = measuredIn(await measure(request));
        expect({ name, ...inLines }).toEqual({ name, ...measureRecords(records, table) });
      }
    });
  },
);

/** Returns the fields of the record itself, because pandas does not flatten nested objects. */
function withoutNested(fields: TableTruth["fields"]): TableTruth["fields"] {
  return Object.fromEntries(Object.entries(fields).filter(([path]) => /^\w+$/.test(path)));
}
