import { readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { act, json } from "../../../sandbox/client.ts";
import { began, exportedIn, exportStage, readTrueManifest } from "../../../support/export-stage.ts";

const FOUR_DAYS = ["conversations", "details", "--interval", "2026-10-01/2026-10-05"];
const LAKE = [...FOUR_DAYS, "--out", "lake"];
/** Returns the name of the state directory of the export to `lake`. */
const runIn = async (directory: string) =>
  (await readdir(join(directory, "lake/.genscope"))).find((name) => name.startsWith("run-")) ?? "";

describe("--resume restores a lost manifest of a complete export", () => {
  test.each<[string, readonly string[], string]>([
    ["of one worker", [], "lake/manifest.json"],
    ["of several workers", ["--shard", "1/2"], "lake/manifest.shard-1-of-2.json"],
    ["of tables", ["--format", "csv"], "lake/manifest.json"],
  ])("%s, byte for byte", async (_what, flags, path) => {
    const { run, directory } = await exportStage();
    expect((await run([...LAKE, ...flags])).exitCode).toBe(0);
    const before = await readFile(join(directory, path), "utf8");
    await rm(join(directory, path));
    const again = await run([...LAKE, ...flags, "--resume", "--json"]);
    expect([again.exitCode, json(again.json).at("wasDone"), json(again.json).at("isComplete")]).toEqual([
      0,
      true,
      true,
    ]);
    expect(await readFile(join(directory, path), "utf8")).toBe(before);
    await readTrueManifest(join(directory, path));
  });

  test("after an incremental run without an end", async () => {
    const { run, directory } = await exportStage();
    const words = ["conversations", "details", "--interval", "2026-10-01/2026-10-05", "--out", "lake"];
    expect((await run([...words, "--incremental"])).exitCode).toBe(0);
    const before = await readFile(join(directory, "lake/manifest.json"), "utf8");
    await rm(join(directory, "lake/manifest.json"));
    expect((await run([...words, "--resume"])).exitCode).toBe(0);
    expect(await readFile(join(directory, "lake/manifest.json"), "utf8")).toBe(before);
  });
});

describe("--resume names a damaged file of the export's state", () => {
  test.each<[string, string]>([
    ["lake/.genscope/RUN/state.json", '{"version":1}'],
    ["lake/.genscope/export.json", '{"version":1'],
    ["lake/.genscope/RUN/parts/2026-10-02/journal.1.ndjson", '{"kind":"begun"}\n'],
    ["lake/manifest.json", '{"schema":"genscope/export-manifest/v1"}'],
  ])("%s", async (path, text) => {
    const { run, directory } = await exportStage();
    expect((await run(LAKE)).exitCode).toBe(0);
    await writeFile(join(directory, path.replace("RUN", await runIn(directory))), text);
    const refused = await run([...LAKE, "--resume", "--json"]);
    expect([refused.exitCode, json(refused.json).at("error.code")]).toEqual([1, "output.state"]);
    // The refused run has already become the owner of the files, so the journal has the next number.
    const there = path.replace("RUN", await runIn(directory)).replace("journal.1.", "journal.2.");
    expect(json(refused.json).text("error.message")).toBe(
      `\`${join(directory, there)}\` is damaged or was written by another version of genscope`,
    );
    expect(json(refused.json).text("error.hint")).toBe("choose another path with --out PATH");
  });

  test("the manifest of an export to one file", async () => {
    const { run, directory } = await exportStage();
    const words = [...FOUR_DAYS, "--out", "all.ndjson"];
    expect((await run(words)).exitCode).toBe(0);
    const path = join(directory, "all.ndjson.manifest.json");
    await writeFile(path, '{"schema":"genscope/export-manifest/v1"}');
    const refused = await run([...words, "--resume", "--json"]);
    expect([refused.exitCode, json(refused.json).at("error.code")]).toEqual([1, "output.state"]);
  });
});

test.each<[string, (path: string) => Promise<void>]>([
  ["gone", rm],
  ["shorter", async (path) => await truncate(path, 100)],
])("--resume fetches a part again when its spool is %s", async (_what, damage) => {
  const { run, directory, truth, sandbox } = await exportStage(
    { conversations: 2_000 },
    { heavyPages: { above: 50, status: 413 } },
  );
  const results = { path: "/api/v2/analytics", pathEnd: "/results" };
  const fault = { kind: "status", status: 401, code: "bad.credentials", ...results };
  await act(sandbox, "fault.add", { ...fault, after: 20, times: 50 });
  expect((await run([...LAKE, "--concurrency", "2"])).exitCode).toBe(4);
  await act(sandbox, "fault.clear");
  const partsOf = async () => join(directory, "lake/.genscope", await runIn(directory), "parts");
  const parts = await partsOf();
  const damaged: string[] = [];
  for (const key of await readdir(parts)) {
    const path = join(parts, key, "spool.1.ndjson");
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    if (size === 0) continue;
    await damage(path);
    damaged.push(key);
  }
  expect(damaged).not.toEqual([]);
  expect((await run([...LAKE, "--resume"])).exitCode).toBe(0);
  expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-05"));
  for (const key of damaged) {
    const journal = await readFile(join(await partsOf(), key, "journal.2.ndjson"), "utf8");
    expect(journal).toMatch(/\{"kind":"restarted","reason":"its spool is /);
  }
});
