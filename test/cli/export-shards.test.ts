import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { act, json } from "../sandbox/client.ts";
import { began, exportedIn, exportStage, filesIn, readTrueManifest } from "../support/export-stage.ts";

const FOUR_DAYS = ["conversations", "details", "--interval", "2026-10-01/2026-10-05"];
const SLOW = { timeout: 60_000 };

describe("workers", SLOW, () => {
  test.each([1, 2, 3, 7])("%i of them bring together what one brings, into one directory", async (count) => {
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
  });

  test("at once do not get in each other's way", async () => {
    const { run, directory, truth } = await exportStage();
    const results = await Promise.all(
      [1, 2, 3].map(async (number) => await run([...FOUR_DAYS, "--out", "lake", "--shard", `${number}/3`])),
    );
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-05"));
  });

  test("that do the same are refused but one", async () => {
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
