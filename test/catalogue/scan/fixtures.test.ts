import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import type { ScanFinding } from "../../../src/catalogue/scan/judge/finding.ts";
import { indexOperations } from "../../../src/catalogue/scan/read/operation-index.ts";
import { createScanIndex } from "../../../src/catalogue/scan/read/scan-index.ts";
import { scanSource } from "../../../src/catalogue/scan/scan-source.ts";
import { scanText } from "../../../src/catalogue/scan/scan-text.ts";
import { LABELS as COMMON_LABELS } from "./labels.ts";
import { REBINDING_LABELS } from "./rebinding-labels.ts";

const LABELS = { ...COMMON_LABELS, ...REBINDING_LABELS };
const DIRECTORY = join(import.meta.dirname, "fixtures");
const MOST_SHOWN = 5;
const index = createScanIndex(indexOperations(loadCatalogue()));

/**
 * Names of the fixtures. Their files end in `.txt`, so that no tool in this repository mistakes them for source
 * code.
 */
const files = readdirSync(DIRECTORY, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".txt"))
  .map((name) => name.replaceAll("\\", "/").replace(/\.txt$/, ""))
  .toSorted();

function scanFixture(file: string): readonly string[] {
  const text = readFileSync(join(DIRECTORY, `${file}.txt`), "utf8");
  return scanSource(text, { file, index }).map(describeFinding);
}

function describeFinding({ line, kind, operation, candidates, path }: ScanFinding): string {
  const methods = candidates.map(({ method }) => method).toSorted();
  const called =
    operation !== null
      ? `${operation.method} ${operation.path}`
      : candidates.length > MOST_SHOWN
        ? `? ${candidates.length}`
        : candidates.length > 0
          ? `? ${methods.join(",")} ${candidates[0]?.path}`
          : kind === "path" && path !== null
            ? "-"
            : "";
  return `${line} ${kind} ${called}`.trim();
}

test("every file among the scan's fixtures has its expected calls", () => {
  expect(files).toEqual(Object.keys(LABELS).toSorted());
});

test.each(files)("%s", (file) => {
  expect(scanFixture(file).toSorted()).toEqual([...(LABELS[file] ?? [])].toSorted());
});

test("finds the calls in all fixtures with the required precision and recall", () => {
  let labeled = 0;
  let found = 0;
  let right = 0;
  for (const file of files) {
    const labels = LABELS[file] ?? [];
    const findings = scanFixture(file);
    labeled += labels.length;
    found += findings.length;
    right += findings.filter((finding) => labels.includes(finding)).length;
  }
  const precision = right / found;
  const recall = right / labeled;
  process.stdout.write(
    `scan: ${labeled} labeled places in ${files.length} files, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}\n`,
  );
  expect(labeled).toBeGreaterThanOrEqual(150);
  expect(precision).toBeGreaterThanOrEqual(0.95);
  expect(recall).toBeGreaterThanOrEqual(0.95);
});

// Rescanning each opening from every enclosing opening would take exponential time.
test.each(["`${", "'${`"])("scans a file that consists only of %s to its end", (opening) => {
  const call = 'await client.get("https://api.mypurecloud.com/api/v2/users/me");';
  const text = `${call}\n${opening.repeat(300)}`;
  expect(scanText(text, { file: "a.js", index })[0]?.operation?.path).toBe("/api/v2/users/me");
});
