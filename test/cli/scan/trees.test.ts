import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { scanPaths } from "../../../src/cli/scan/scan-paths.ts";
import { tempDir } from "../../support/temp-dir.ts";

const catalogue = loadCatalogue();
const DIRECTORY = join(import.meta.dirname, "trees");

/**
 * Trees of several files, each with a list of the calls that it makes: file, method, path. Their files end in
 * `.txt`, so that no tool in this repository mistakes them for source code.
 */
const trees = readdirSync(DIRECTORY).toSorted();

/** Returns the path with every id as `{}`, because each file names its ids in its own way. */
function shapeOf(path: string): string {
  return path.replace(/\{[^}]*\}/g, "{}");
}

function labelsOf(tree: string): readonly string[] {
  return readFileSync(join(DIRECTORY, tree, "calls.txt"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [file = "", method = "", path = ""] = line.split(" ");
      return `${file} ${method} /api/v2${shapeOf(path)}`;
    });
}

async function callsIn(tree: string): Promise<readonly string[]> {
  const root = await tempDir();
  const names = readdirSync(join(DIRECTORY, tree), { recursive: true, encoding: "utf8" });
  for (const name of names.filter((known) => known.endsWith(".txt") && known !== "calls.txt")) {
    const copy = join(root, name.replace(/\.txt$/, ""));
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, readFileSync(join(DIRECTORY, tree, name)));
  }
  const found = new Set<string>();
  for await (const { file, operation, kind } of scanPaths([root], { catalogue })) {
    if (operation === null || kind === "comment") continue;
    found.add(`${file.slice(root.length + 1)} ${operation.method} ${shapeOf(operation.path)}`);
  }
  return [...found];
}

test.each(trees)("the scan finds each call in the sample project %s and no other", async (tree) => {
  expect([...(await callsIn(tree))].toSorted()).toEqual([...new Set(labelsOf(tree))].toSorted());
});
