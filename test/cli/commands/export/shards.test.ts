import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { act, json } from "../../../sandbox/client.ts";
import { began, exportedIn, exportStage, filesIn, readTrueManifest } from "../../../support/export-stage.ts";

const FOUR_DAYS = ["conversations", "details", "--interval", "2026-10-01/2026-10-05"];

describe("workers of one export", () => {
  test.each([1, 2, 3, 7])(
    "write the same records into one directory as a single worker would (%i workers)",
    async (count) => {
      const { run, directory, truth } = await exportStage();
      for (let number = 1; number <= count; number += 1) {
        const words = [...FOUR_DAYS, "--out", "lake", "--partition", "day", "--shard", `${number}/${count}`];
        expect((await run(words)).exitCode).toBe(0);
        await readTrueManifest(join(directory, `lake/manifest.shard-${number}-of-${count}.json`));
      }
      expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-05"));
      await run([...FOUR_DAYS, "--out", "alone", "--partition", "day"]);
      const data = async (name: string) =>
        (await filesIn(join(directory, name))).filter((file) => !file.startsWith("manifest"));
      expect(await data("lake")).toEqual(await data("alone"));
    },
  );

  test("run in parallel without conflicts", async () => {
    const { run, directory, truth } = await exportStage();
    const results = await Promise.all(
      [1, 2, 3].map(async (number) => await run([...FOUR_DAYS, "--out", "lake", "--shard", `${number}/3`])),
    );
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-05"));
  });

  test("that are not given shares are refused except for one", async () => {
    const { run, sandbox } = await exportStage();
    await act(sandbox, "fault.add", { kind: "slow", path: "/api/v2/analytics", delayMs: 800, times: 2 });
    const results = await Promise.all(
      [1, 2].map(async () => await run([...FOUR_DAYS, "--out", "lake", "--json"])),
    );
    expect(results.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 2]);
    const refused = results.find(({ exitCode }) => exitCode === 2);
    expect(json(refused?.json).at("error.code")).toBe("usage.busy");
  });
});

describe("the directory of a shared export", () => {
  const LAKE = [...FOUR_DAYS, "--out", "lake"];
  test.each<[string, readonly string[], readonly string[], string]>([
    [
      "of two workers refuses a share of three",
      [...LAKE, "--shard", "1/2"],
      [...LAKE, "--shard", "2/3"],
      "shards was `2` and is now `3`",
    ],
    [
      "of two workers refuses an export without a share",
      [...LAKE, "--shard", "1/2"],
      LAKE,
      "shards was `2` and is now not set",
    ],
    [
      "of a single worker refuses a share",
      LAKE,
      [...LAKE, "--shard", "1/2"],
      "shards was not set and is now `2`",
    ],
    [
      "accepts one format",
      [...LAKE, "--shard", "1/2"],
      [...LAKE, "--shard", "2/2", "--format", "csv"],
      "format was `ndjson` and is now `csv`",
    ],
    [
      "accepts one interval",
      [...LAKE, "--shard", "1/2"],
      ["conversations", "details", "--interval", "2026-10-02/2026-10-05", "--out", "lake", "--shard", "2/2"],
      "interval was `2026-10-01/2026-10-05` and is now `2026-10-02/2026-10-05`",
    ],
  ])("%s", async (_what, first, second, difference) => {
    const { run, directory } = await exportStage();
    expect((await run(first)).exitCode).toBe(0);
    const before = await filesIn(directory);
    for (const mode of [[], ["--resume"], ["--incremental"]]) {
      const refused = await run([...second, ...mode, "--json"]);
      expect([refused.exitCode, json(refused.json).at("error.code")]).toEqual([2, "usage.other_export"]);
      expect(json(refused.json).text("error.message")).toBe(
        `the export in \`${join(directory, "lake")}\` has a different request: ${difference}`,
      );
    }
    expect(await filesIn(directory)).toEqual(before);
  });

  test("belongs to the first of several parallel workers when their number of shares differs", async () => {
    const { run, directory } = await exportStage();
    const layouts = [["--shard", "1/1"], ["--shard", "1/2"], ["--shard", "1/3"], []];
    const results = await Promise.all(layouts.map(async (flags) => await run([...LAKE, ...flags])));
    expect(results.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 2, 2, 2]);
    expect(
      (await filesIn(join(directory, "lake"))).filter((file) => file.startsWith("manifest")),
    ).toHaveLength(1);
  });

  test("can be updated by each worker in turn", async () => {
    const { run } = await exportStage();
    const later = ["conversations", "details", "--interval", "2026-10-01/2026-10-06", "--out", "lake"];
    for (const shard of ["1/2", "2/2"]) expect((await run([...LAKE, "--shard", shard])).exitCode).toBe(0);
    for (const shard of ["1/2", "2/2"]) {
      expect((await run([...later, "--shard", shard, "--incremental"])).exitCode).toBe(0);
    }
  });
});
