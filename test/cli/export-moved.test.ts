import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { json } from "../sandbox/client.ts";
import { began, exportedIn, exportStage, readTrueManifest } from "../support/export-stage.ts";
import { filesBelow } from "../support/export-truth.ts";

const DETAILS = ["conversations", "details"];
/** Reads every file below a directory, with its path. */
async function textsIn(directory: string): Promise<readonly (readonly [string, string])[]> {
  const paths = filesBelow(directory);
  return await Promise.all(
    paths.map(async (path) => [path, await readFile(join(directory, path), "latin1")] as const),
  );
}

describe("an export directory in a new place", () => {
  test.each<[string, (from: string, to: string) => Promise<void>]>([
    ["copied with `cp -r`", async (from, to) => await cp(from, to, { recursive: true })],
    ["moved with `mv`", rename],
  ])("%s is updated there, and nothing outside it changes", async (what, move) => {
    const { run, directory, truth, goOnUntil } = await exportStage();
    const words = [...DETAILS, "--incremental", "--fresh-tail", "--partition", "day"];
    expect((await run([...words, "--out", "lake"])).exitCode).toBe(0);
    await move(join(directory, "lake"), join(directory, "other"));
    const before = what.startsWith("copied") ? await textsIn(join(directory, "lake")) : null;

    await goOnUntil("2026-10-06T12:00:10.000Z", "2026-10-06T06:00:00.000Z");
    const { exitCode, stderr } = await run([...words, "--out", "other"]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    await readTrueManifest(join(directory, "other/manifest.json"));
    const found = await exportedIn(join(directory, "other"));
    expect([...found.keys()].toSorted()).toEqual(
      [...began(await truth(), "2026-09-28", "2026-10-06T11:59:00.000Z").keys()].toSorted(),
    );
    if (before !== null) expect(await textsIn(join(directory, "lake"))).toEqual(before);
  });

  test("copied without one of its parts is resumed in the copy", async () => {
    const { run, directory, truth } = await exportStage();
    const words = [...DETAILS, "--interval", "2026-10-01/2026-10-05", "--format", "ndjson"];
    expect((await run([...words, "--out", "lake"])).exitCode).toBe(0);
    await cp(join(directory, "lake"), join(directory, "other"), { recursive: true });
    await rm(join(directory, "other/conversations/2026-10-02.ndjson"));
    const before = await textsIn(join(directory, "lake"));
    const again = await run([...words, "--out", "other", "--resume"]);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.stderr).toContain("fetching `2026-10-02` again");
    expect(await exportedIn(join(directory, "other"))).toEqual(
      began(await truth(), "2026-10-01", "2026-10-05"),
    );
    expect(await textsIn(join(directory, "lake"))).toEqual(before);
  });
});

describe("a finished file of an export with changed content", () => {
  test.each<[string, string, (text: string) => string]>([
    ["in a directory", "lake", (text) => text.replace("voice", "vOice")],
    ["in one file", "all.ndjson", (text) => `${text}{}\n`],
  ])("%s is fetched again before the export is reported as complete", async (_where, out, change) => {
    const { run, directory, truth } = await exportStage();
    const words = [...DETAILS, "--interval", "2026-10-01/2026-10-05", "--out", out];
    expect((await run(words)).exitCode).toBe(0);
    const path = join(directory, out === "lake" ? "lake/conversations/2026-10-02.ndjson" : out);
    await writeFile(path, change(await readFile(path, "utf8")));
    const again = await run([...words, "--resume", "--json"]);
    expect([again.exitCode, json(again.json).at("isComplete"), json(again.json).at("wasDone")]).toEqual([
      0,
      true,
      false,
    ]);
    expect(again.stderr).toContain(`\`${path}\` has changed since it was written`);
    const truths = began(await truth(), "2026-10-01", "2026-10-05");
    if (out === "lake") expect(await exportedIn(join(directory, out))).toEqual(truths);
    else expect((await readFile(path, "utf8")).split("\n").slice(0, -1)).toEqual([...truths.values()]);
    const third = await run([...words, "--resume", "--json"]);
    expect([third.exitCode, json(third.json).at("wasDone")]).toEqual([0, true]);
  });
});

describe("a symbolic link in place of an export's directory is refused and not followed", () => {
  const WORDS = [...DETAILS, "--interval", "2026-10-01/2026-10-03", "--out", "lake", "--json"];
  const WORK = "lake/.genscope";

  /** Exports to `path` through a symbolic link to `elsewhere`. Creates the parent directories first. */
  async function exportThrough(path: string, words: readonly string[]) {
    const { run, directory } = await exportStage();
    const elsewhere = join(directory, "elsewhere");
    await mkdir(elsewhere);
    await mkdir(join(directory, dirname(path)), { recursive: true, mode: 0o700 });
    await symlink(elsewhere, join(directory, path));
    const refused = await run([...WORDS, ...words]);
    return { refused, found: await readdir(elsewhere) };
  }

  test.each<[string, string, readonly string[], number, string]>([
    ["of a table", "lake/conversations", [], 1, "output.outside"],
    ["of a table with partitions", "lake/conversations", ["--partition", "day"], 1, "output.outside"],
    ["of the state", WORK, [], 2, "usage.work_directory"],
    ["of the state of all shards", WORK, ["--shard", "1/2"], 2, "usage.work_directory"],
    ["of an earlier owner", `${WORK}/run-1-aa`, ["--resume"], 1, "output.state"],
    ["of an earlier owner's parts", `${WORK}/run-1-aa/parts`, ["--resume"], 1, "output.state"],
    ["of a part", `${WORK}/run-1-aa/parts/2026-10-01`, ["--resume"], 1, "output.state"],
    ["of an earlier version's parts", `${WORK}/parts`, ["--resume"], 1, "output.state"],
  ])("%s", async (_what, path, words, exitCode, code) => {
    const { refused, found } = await exportThrough(path, words);
    expect({ exitCode: refused.exitCode, code: json(refused.json).at("error.code"), found }).toEqual({
      ...{ exitCode, code, found: [] },
    });
  });
});
