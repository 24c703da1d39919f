import { expect, test } from "vitest";
import { allDatasets } from "../../../../src/analytics/datasets/datasets.ts";
import { readDestination, type TargetFlags } from "../../../../src/cli/commands/export/target.ts";
import { AppError } from "../../../../src/core/errors.ts";
import { FORMATS, formatNames } from "../../../../src/export/writers/formats.ts";

const WAY =
  /--out (?:'(?<quoted>[^']+)'|(?<bare>[\w./-]+))(?: --format (?<format>\w+))?(?: --compress (?<compress>\w+))?/g;

/** Returns the flags that a hint suggests, parsed as a shell would parse them. */
function waysIn(hint: string): readonly TargetFlags[] {
  return Array.from(hint.matchAll(WAY), ({ groups = {} }) => ({
    out: groups["quoted"] ?? groups["bare"],
    ...(groups["format"] !== undefined && { format: groups["format"] as TargetFlags["format"] }),
    ...(groups["compress"] !== undefined && { compress: groups["compress"] as TargetFlags["compress"] }),
  }));
}

test.each(["day.json", "my day.json", "day.xlsx", "day.csv", "day.csv.gz", "day.parquet"])(
  "every path that `export` suggests instead of %s can be pasted",
  (out) => {
    let refused = 0;
    for (const dataset of allDatasets()) {
      try {
        readDestination(dataset, { out }, "/work");
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const ways = waysIn(error.hint ?? "");
        expect(ways.length, `${dataset.name}: ${error.hint}`).toBeGreaterThan(0);
        for (const way of ways) {
          expect(
            () => readDestination(dataset, way, "/work"),
            `${dataset.name}: ${error.hint}`,
          ).not.toThrow();
        }
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(0);
  },
);

test("the hint about a destination names the format that the file's ending suggests", () => {
  const details = allDatasets().find(({ name }) => name === "conversations details");
  expect(() => details && readDestination(details, { out: "day.csv.gz" }, "/work")).toThrow(
    expect.objectContaining({ hint: "specify a directory: --out day --format csv --compress gzip" }),
  );
  const ofTables = formatNames().filter((format) => FORMATS[format].openTables !== null);
  const ways = [
    "`--out day.ndjson` (one JSON record per line)",
    ...ofTables.map((format) => `\`--out day --format ${format}\` (a directory)`),
  ];
  expect(() => details && readDestination(details, { out: "day.json" }, "/work")).toThrow(
    expect.objectContaining({
      hint: `write ${ways.slice(0, -1).join(", ")} or ${ways.at(-1)}`,
    }),
  );
});
