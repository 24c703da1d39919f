import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { json } from "../../../sandbox/client.ts";
import { exportStage, readTrueManifest } from "../../../support/export-stage.ts";

const TWO_DAYS = ["conversations", "details", "--interval", "2026-10-01/2026-10-03"];

describe("`export` refuses a file name with the ending of a format that it does not write", () => {
  test.each<[string, string]>([
    ["report.json", "report.ndjson"],
    ["report.txt", "report --format csv"],
    ["report.xlsx", "report --format parquet"],
    ["report.csv.zip", "report --format csv"],
    ["report.json.gz", "report.ndjson"],
  ])("%s", async (out, offered) => {
    const { run, directory } = await exportStage();
    const { exitCode, json: document } = await run([...TWO_DAYS, "--out", out, "--json"]);
    expect([exitCode, json(document).at("error.code")]).toEqual([2, "usage.arguments"]);
    expect(json(document).text("error.hint")).toContain(`\`--out ${join(directory, offered)}\``);
    expect(await readdir(directory)).toEqual([]);
  });
});

test("`export` accepts a directory whose name contains a dot", async () => {
  const { run, directory } = await exportStage();
  expect((await run([...TWO_DAYS, "--out", "lake.2026"])).exitCode).toBe(0);
  expect(await readdir(directory)).toEqual(["lake.2026"]);
});

describe("--quiet", () => {
  test("prints nothing for a complete export", async () => {
    const { run } = await exportStage();
    const { exitCode, stdout, stderr } = await run([...TWO_DAYS, "--out", "lake", "--quiet"]);
    expect([exitCode, stdout, stderr]).toEqual([0, "", ""]);
  });

  test("prints the missing parts of an incomplete one", async () => {
    const { run } = await exportStage();
    const words = [
      "conversations",
      "details",
      "--interval",
      "2026-10-04/2026-10-06",
      "--out",
      "lake",
      "--quiet",
    ];
    const { exitCode, stdout, stderr } = await run(words);
    expect([exitCode, stderr]).toEqual([8, ""]);
    expect(stdout).toMatch(/^incomplete: /);
  });
});

describe("--incremental without an interval", () => {
  const NIGHTLY = ["conversations", "details", "--incremental", "--out", "lake"];

  test("begins at a midnight, which the first run names", async () => {
    const { run, directory, goOnUntil } = await exportStage({ days: 9 });
    const first = await run(NIGHTLY);
    expect([first.exitCode, first.stderr]).toEqual([
      0,
      expect.stringContaining(
        "this export begins at 2026-09-28T00:00:00.000Z; choose another start with --interval",
      ),
    ]);
    const manifest = await readTrueManifest(join(directory, "lake/manifest.json"));
    expect(manifest.at("interval")).toBe("2026-09-28T00:00:00.000Z/2026-10-05T06:00:00.000Z");
    await goOnUntil("2026-10-06T12:00:10.000Z", "2026-10-06T06:00:00.000Z");
    const second = await run(NIGHTLY);
    expect([second.exitCode, second.stderr.includes("begins at")]).toEqual([0, false]);
  });
});
