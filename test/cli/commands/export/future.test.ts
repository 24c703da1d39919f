import { describe, expect, test } from "vitest";
import { json } from "../../../sandbox/client.ts";
import { exportStage } from "../../../support/export-stage.ts";

const AUDITS = ["audits"];
const AGGREGATES = ["users", "aggregates"];
const DETAILS = ["conversations", "details", "--fresh-tail"];

const futureGap = (interval: string) => ({
  part: "end",
  interval,
  code: "export.not_yet",
  reason: "this interval is still in the future",
  correlationId: null,
});

describe("an export of an interval that ends in the future", () => {
  test.each([
    ["audits", AUDITS],
    ["aggregates", AGGREGATES],
  ])("is incomplete until the interval has passed: %s", async (_what, dataset) => {
    const { run, goOnUntil } = await exportStage();
    const words = [...dataset, "--interval", "2026-10-04/2026-10-07", "--out", "lake", "--json"];
    const first = await run([...words, "--max-wait", "3s"]);
    expect([first.exitCode, json(first.json).at("isComplete"), json(first.json).at("gaps")]).toEqual([
      8,
      false,
      [futureGap("2026-10-05T11:59:00.000Z/2026-10-07T00:00:00.000Z")],
    ]);
    expect(json(first.json).at("parts")).toBe(2);
    expect(first.stderr).toContain("hint: fetch the missing parts when they are available: genscope export");
    // The command of the hint accepts its own duration.
    expect(first.stderr).toMatch(/ --max-wait 3000ms /);

    await goOnUntil("2026-10-07T12:00:10.000Z", "2026-10-07T06:00:00.000Z");
    const second = await run([...words, "--resume"]);
    const shown = ["isComplete", "wasDone", "gaps", "parts"].map((name) => json(second.json).at(name));
    expect([second.exitCode, ...shown]).toEqual([0, true, false, [], 3]);
  });

  test.each([
    ["audits", AUDITS],
    ["aggregates", AGGREGATES],
    ["conversation details with --fresh-tail", DETAILS],
  ])("that also starts in the future yields one gap: %s", async (_what, dataset) => {
    const { run } = await exportStage();
    const words = [...dataset, "--interval", "2026-10-08/2026-10-10", "--out", "lake", "--json"];
    const result = await run(words);
    const shown = ["isComplete", "parts", "interval", "gaps"].map((name) => json(result.json).at(name));
    const interval = "2026-10-08T00:00:00.000Z/2026-10-10T00:00:00.000Z";
    expect([result.exitCode, ...shown]).toEqual([8, false, 0, interval, [futureGap(interval)]]);
  });

  test("is complete up to now with --incremental", async () => {
    const { run, goOnUntil } = await exportStage();
    const words = [
      ...AUDITS,
      "--incremental",
      "--interval",
      "2026-10-04/2026-10-07",
      "--out",
      "lake",
      "--json",
    ];
    const first = await run(words);
    const shown = ["isComplete", "parts", "gaps"];
    expect([first.exitCode, ...shown.map((name) => json(first.json).at(name))]).toEqual([0, true, 2, []]);
    await goOnUntil("2026-10-06T12:00:10.000Z", "2026-10-06T06:00:00.000Z");
    const second = await run(words);
    expect([second.exitCode, ...shown.map((name) => json(second.json).at(name))]).toEqual([0, true, 3, []]);
  });

  test("that also starts in the future has an empty interval with --incremental", async () => {
    const { run } = await exportStage();
    const words = [
      ...AUDITS,
      "--incremental",
      "--interval",
      "2026-10-08/2026-10-10",
      "--out",
      "lake",
      "--json",
    ];
    const result = await run(words);
    expect([result.exitCode, json(result.json).at("parts"), json(result.json).at("interval")]).toEqual([
      0,
      0,
      "2026-10-08T00:00:00.000Z/2026-10-08T00:00:00.000Z",
    ]);
  });
});
