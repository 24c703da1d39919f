import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allDatasets } from "../../../../src/analytics/datasets/datasets.ts";
import { extensionOf, FORMATS, type Format, formatNames } from "../../../../src/export/writers/formats.ts";
import { askDuckDb, readerOf } from "../../../export/writers/duckdb.ts";
import { DATASET_TRUTHS } from "../../../support/dataset-truths/dataset-truths.ts";
import {
  type Measured,
  measuredIn,
  measureRecords,
  sqlOfLines,
  sqlOfRows,
  type TableTruth,
} from "../../../support/dataset-truths/measure.ts";
import { type DatasetTruth, readTruth, truthStage } from "../../../support/dataset-truths/sandbox-truth.ts";
import { type ExportStage, readTrueManifest } from "../../../support/export-stage.ts";

type Tables = Readonly<Record<string, Measured>>;

function truthOf(name: string): DatasetTruth {
  const truth = DATASET_TRUTHS[name];
  if (truth === undefined) throw new Error(`test/support/dataset-truths lacks ${name}`);
  return truth;
}

/** Measures every table of the truth, with a file or without. */
async function measureTables(
  { tables }: DatasetTruth,
  measure: (table: string, truth: TableTruth) => Promise<Measured> | Measured,
): Promise<Tables> {
  const measured = Object.entries(tables).map(
    async ([name, truth]) => [name, await measure(name, truth)] as const,
  );
  return Object.fromEntries(await Promise.all(measured));
}

/** Exports a dataset and measures its files with DuckDB. */
async function readBack(stage: ExportStage, name: string, format: Format): Promise<Tables> {
  const truth = truthOf(name);
  const { openTables, isForSpreadsheets, defaultCompression } = FORMATS[format];
  const flags = [...(truth.flags ?? []), ...(isForSpreadsheets ? ["--no-formula-guard"] : [])];
  const { exitCode, stderr } = await stage.run([
    ...name.split(" "),
    ...["--out", format, "--format", format, "--quiet", ...flags],
  ]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect((await stage.run(["--verify", format, "--quiet"])).exitCode).toBe(0);
  const directory = join(stage.directory, format);
  const manifest = await readTrueManifest(join(directory, "manifest.json"));
  const main = allDatasets().find((dataset) => dataset.name === name)?.table ?? "";
  const written = new Set(manifest.each("files", "table"));
  expect([...written].toSorted()).toEqual(
    openTables === null ? [main] : Object.keys(truth.tables).toSorted(),
  );
  return await measureTables(truth, async (table, each) => {
    const files = join(
      directory,
      openTables === null ? main : table,
      `*${extensionOf(format, defaultCompression)}`,
    );
    const sqlOf = openTables === null ? sqlOfLines : sqlOfRows;
    return measuredIn((await askDuckDb(sqlOf(readerOf(format, files), each)))[0]);
  });
}

describe("DuckDB reads what the sandbox has", () => {
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
