import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { allDatasets, findDataset } from "../../../src/analytics/datasets/datasets.ts";
import { DATASET_TRUTHS } from "../../support/dataset-truths/dataset-truths.ts";

const FOLDER = resolve(import.meta.dirname, "../../../src/analytics/datasets");

/** Returns whether an exported value is a dataset. */
function isDataset(value: unknown): value is { readonly name: string } {
  return typeof value === "object" && value !== null && "access" in value && "tables" in value;
}

test("every dataset in the folder is registered in datasets.ts", async () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const modules = await Promise.all(
    files.map(async (file) => (await import(pathToFileURL(join(FOLDER, file)).href)) as object),
  );
  const names = modules.flatMap((module) =>
    Object.values(module)
      .filter(isDataset)
      .map(({ name }) => name),
  );
  expect(names.toSorted()).toEqual(
    allDatasets()
      .map(({ name }) => name)
      .toSorted(),
  );
});

test("test/support/dataset-truths has expected data for exactly the datasets that exist", () => {
  const names = allDatasets().map(({ name }) => name);
  expect(Object.keys(DATASET_TRUTHS).toSorted()).toEqual(names.toSorted());
});

test.each(allDatasets())("$name is found by its name, which no other dataset has", (dataset) => {
  expect(findDataset(dataset.name.split(" "))).toBe(dataset);
});
