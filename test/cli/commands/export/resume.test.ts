import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { act, json } from "../../../sandbox/client.ts";
import {
  AT,
  began,
  byId,
  exportedIn,
  exportStage,
  filesIn,
  linesOf,
  readTrueManifest,
} from "../../../support/export-stage.ts";

const DETAILS = ["conversations", "details"];
const FOUR_DAYS = [...DETAILS, "--interval", "2026-10-01/2026-10-05"];
const INTO_TODAY = [...DETAILS, "--interval", "2026-10-04/2026-10-06"];

describe("an existing export", () => {
  test.each([
    ["a directory", "lake", "add `--replace` to fetch it again, `--incremental` to add new data, or choose"],
    ["a file", "all.ndjson", "add `--replace` to fetch it again, or choose"],
  ])("is not overwritten without --replace or --incremental: %s", async (_what, out, hint) => {
    const { run, directory } = await exportStage();
    expect((await run([...FOUR_DAYS, "--out", out])).exitCode).toBe(0);
    const before = await filesIn(directory);
    const again = await run([...FOUR_DAYS, "--out", out]);
    expect([again.exitCode, again.stdout]).toEqual([2, ""]);
    expect(again.stderr).toContain(`\`${join(directory, out)}\` already contains an export`);
    expect(again.stderr).toContain(hint);
    expect(await filesIn(directory)).toEqual(before);
  });

  test("that is unfinished is not overwritten", async () => {
    const { run, sandbox } = await exportStage();
    await act(sandbox, "fault.add", { kind: "status", status: 400, path: "/api/v2/analytics", after: 1 });
    expect((await run([...FOUR_DAYS, "--out", "lake"])).exitCode).toBe(1);
    const again = await run([...FOUR_DAYS, "--out", "lake"]);
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain("already contains an unfinished export");
  });

  test.each([
    ["in a directory", "lake"],
    ["in a file", "all.ndjson"],
  ])("that is complete is unchanged by --resume: %s", async (_what, out) => {
    const { run, truth, directory } = await exportStage();
    await run([...FOUR_DAYS, "--out", out]);
    const again = await run([...FOUR_DAYS, "--out", out, "--resume", "--json"]);
    expect([again.exitCode, json(again.json).at("wasDone"), json(again.json).at("isComplete")]).toEqual([
      0,
      true,
      true,
    ]);
    const expected = began(await truth(), "2026-10-01", "2026-10-05");
    expect(json(again.json).at("records")).toBe(expected.size);
    expect(await exportedIn(directory)).toEqual(expected);
  });

  test("without its manifest is treated as another program's file", async () => {
    const { run, directory } = await exportStage();
    await run([...FOUR_DAYS, "--out", "other.ndjson"]);
    await rename(join(directory, "other.ndjson"), join(directory, "mine.ndjson"));
    const before = await readFile(join(directory, "mine.ndjson"), "utf8");
    const refused = await run([...FOUR_DAYS, "--out", "mine.ndjson"]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("already exists and is not a genscope export");
    expect(await readFile(join(directory, "mine.ndjson"), "utf8")).toBe(before);
  });

  test("that was removed is exported again", async () => {
    const { run, directory, truth } = await exportStage();
    await run([...FOUR_DAYS, "--out", "out.ndjson"]);
    await rm(join(directory, "out.ndjson"));
    const again = await run([...FOUR_DAYS, "--out", "out.ndjson", "--json"]);
    expect([again.exitCode, json(again.json).at("wasDone")]).toEqual([0, false]);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-05"));
  });
});

describe("--resume", () => {
  test.each([
    ["another interval", [...DETAILS, "--interval", "2026-10-02/2026-10-05"], "interval was"],
    ["another dataset", ["users", "details", "--interval", "2026-10-01/2026-10-05"], "dataset was"],
    ["another filter", [...FOUR_DAYS, "--filter", "mediaType=voice"], "body was"],
    ["another format", [...FOUR_DAYS, "--format", "csv"], "format was"],
    ["another compression", [...FOUR_DAYS, "--compress", "gzip"], "compression was"],
    ["partitions", [...FOUR_DAYS, "--partition", "day"], "partition was not set and is now `day`"],
    ["--fresh-tail", [...FOUR_DAYS, "--fresh-tail"], "freshTail was `false` and is now `true`"],
  ])("with %s names the difference and changes nothing", async (_what, words, difference) => {
    const { run, directory } = await exportStage();
    await run([...FOUR_DAYS, "--out", "lake"]);
    const before = await filesIn(directory);
    const refused = await run([...words, "--out", "lake", "--resume", "--json"]);
    expect([refused.exitCode, json(refused.json).at("error.code")]).toEqual([2, "usage.other_export"]);
    expect(json(refused.json).text("error.message")).toContain(difference);
    expect(await filesIn(directory)).toEqual(before);
  });

  test("is suggested after a failure before the first record, without a count of saved records", async () => {
    const { run, sandbox } = await exportStage();
    const refused = { kind: "status", status: 401, code: "bad.credentials", path: "/api/v2/analytics" };
    await act(sandbox, "fault.add", { ...refused, times: 50 });
    const failed = await run([...FOUR_DAYS, "--out", "lake"]);
    expect(failed.exitCode).toBe(4);
    expect(failed.stderr).toMatch(/^continue with: genscope export .* --resume\n/);
    expect(failed.stderr).not.toContain("is safe");
  });

  test.each([
    ["a directory", "lake", "yesterday"],
    ["a file", "all.ndjson", "yesterday"],
    ["a directory, minutes later", "lake", "last-24h"],
  ])(
    "refuses a relative interval that now means other days, before any request: %s",
    async (_what, out, word) => {
      const { run, clock, directory, sandbox } = await exportStage();
      const words = [...DETAILS, "--interval", word, "--out", out, "--json"];
      await act(sandbox, "settings.patch", { settings: { watermark: "2026-10-05T12:00:00.000Z" } });
      const first = await run(words);
      expect([first.exitCode, json(first.json).at("isComplete")]).toEqual([0, true]);
      const before = await exportedIn(directory);
      clock.moveTo(AT);
      expect((await run([...words, "--resume"])).exitCode).toBe(0);
      const held = json(first.json).text("interval");
      clock.moveTo(word === "yesterday" ? "2026-10-06T12:00:10.000Z" : "2026-10-05T12:05:10.000Z");
      const later = await run([...words, "--resume"]);
      expect([later.exitCode, json(later.json).at("error.code")]).toEqual([2, "usage.other_interval"]);
      const now =
        word === "yesterday"
          ? "2026-10-05T00:00:00.000Z/2026-10-06T00:00:00.000Z"
          : "2026-10-04T12:05:00.000Z/2026-10-05T12:05:00.000Z";
      expect(json(later.json).at("error.message")).toBe(
        `\`${word}\` now means \`${now}\`, and the export in \`${join(directory, out)}\` contains \`${held}\``,
      );
      expect(json(later.json).text("error.hint").includes("--incremental")).toBe(out === "lake");
      expect(await exportedIn(directory)).toEqual(before);
    },
  );

  test("accepts changed CSV settings when the format is NDJSON", async () => {
    const { run } = await exportStage();
    await run([...FOUR_DAYS, "--out", "lake"]);
    expect((await run([...FOUR_DAYS, "--out", "lake", "--resume", "--no-formula-guard"])).exitCode).toBe(0);
    const csv = [...FOUR_DAYS, "--format", "csv", "--out", "tables"];
    await run(csv);
    const other = await run([...csv, "--resume", "--no-formula-guard"]);
    expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining("formulaGuard was `true`")]);
  });

  test("starts an export when there is none", async () => {
    const { run, directory, truth } = await exportStage();
    expect((await run([...FOUR_DAYS, "--out", "lake", "--resume"])).exitCode).toBe(0);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-05"));
  });

  test.each([
    ["a directory", "lake"],
    ["a file", "all.ndjson"],
  ])("continues after a failure without duplicates or omissions: %s", async (_what, out) => {
    const { run, directory, truth, sandbox } = await exportStage({ conversations: 4_000 });
    await act(sandbox, "fault.add", {
      kind: "status",
      status: 401,
      code: "bad.credentials",
      path: "/api/v2/analytics",
      pathEnd: "/results",
      after: 2,
      times: 50,
    });
    const failed = await run([...FOUR_DAYS, "--out", out, "--concurrency", "2"]);
    expect(failed.exitCode).toBe(4);
    expect(failed.stderr).toMatch(/saved so far: .* finished\); continue with: genscope export .* --resume/);
    await act(sandbox, "fault.clear");
    const resumed = await run([...FOUR_DAYS, "--out", out, "--resume", "--json"]);
    expect([resumed.exitCode, resumed.stderr.split("\n")[0]]).toEqual([
      0,
      expect.stringContaining("continuing: "),
    ]);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-05"));
    const manifestPath = out === "lake" ? "lake/manifest.json" : "all.ndjson.manifest.json";
    expect((await readTrueManifest(join(directory, manifestPath))).at("isComplete")).toBe(true);
  });
});

describe("an export of an interval that ends after the watermark", () => {
  test.each([
    ["a directory", "lake", "lake/manifest.json"],
    ["a file", "all.ndjson", "all.ndjson.manifest.json"],
  ])("is incomplete until the platform has collected the interval: %s", async (_what, out, manifestPath) => {
    const { run, directory, truth, goOnUntil } = await exportStage();
    const first = await run([...INTO_TODAY, "--out", out, "--json"]);
    expect([first.exitCode, json(first.json).at("isComplete"), json(first.json).at("gaps")]).toEqual([
      8,
      false,
      [
        {
          part: "end",
          interval: "2026-10-05T06:00:00.000Z/2026-10-06T00:00:00.000Z",
          code: "export.watermark",
          reason: "the platform has not finished collecting data for this interval",
          correlationId: null,
        },
      ],
    ]);
    expect(first.stderr).toContain("hint: fetch the missing parts when they are available: genscope export");
    expect(first.stderr).toContain("hint: export only complete days: --interval 2026-10-04/2026-10-05\n");
    const early = await truth();
    expect(await exportedIn(directory)).toEqual(began(early, "2026-10-04", "2026-10-05T06:00Z"));
    await readTrueManifest(join(directory, manifestPath));

    await goOnUntil("2026-10-05T23:00:10.000Z", "2026-10-05T20:00:00.000Z");
    const second = await run([...INTO_TODAY, "--out", out, "--resume", "--json"]);
    expect([second.exitCode, json(second.json).at("watermark")]).toEqual([8, "2026-10-05T20:00:00.000Z"]);
    const between = await exportedIn(directory);
    expect([...between.keys()]).toEqual([...began(await truth(), "2026-10-04", "2026-10-05T20:00Z").keys()]);
    await readTrueManifest(join(directory, manifestPath));

    await goOnUntil("2026-10-07T12:00:10.000Z", "2026-10-07T06:00:00.000Z");
    const third = await run([...INTO_TODAY, "--out", out, "--resume", "--json"]);
    expect([third.exitCode, json(third.json).at("gaps")]).toEqual([0, []]);
    const whole = began(await truth(), "2026-10-04", "2026-10-06");
    const exported = await exportedIn(directory);
    expect([...exported.keys()]).toEqual([...whole.keys()]);
    // The partial day was fetched again in full, so its open conversations are up to date.
    for (const [id, line] of began(whole, "2026-10-05", "2026-10-06")) expect(exported.get(id)).toBe(line);
    expect((await readTrueManifest(join(directory, manifestPath))).at("records")).toBe(whole.size);
  });

  test("is written to one file in the order of its days, even when some were first refused or partial", async () => {
    const { run, directory, truth, goOnUntil, sandbox } = await exportStage();
    const words = [...DETAILS, "--interval", "2026-10-03/2026-10-06", "--out", "all.ndjson", "--resume"];
    const manifest = async () => await readTrueManifest(join(directory, "all.ndjson.manifest.json"));
    const keys = async () => [...(await exportedIn(directory)).keys()];
    const idsOf = async (from: string, to: string) => [...began(await truth(), from, to).keys()];

    await act(sandbox, "day.deny", { day: "2026-10-04", times: 100 });
    expect((await run(words)).exitCode).toBe(3);
    const [third, fifth] = [
      await idsOf("2026-10-03", "2026-10-04"),
      await idsOf("2026-10-05", "2026-10-05T06:00Z"),
    ];
    expect(await keys()).toEqual([...third, ...fifth]);

    // The refused day is now fetched, and the partial day after it contains more than before.
    await act(sandbox, "fault.clear");
    await goOnUntil("2026-10-05T18:00:10.000Z", "2026-10-05T12:00:00.000Z");
    expect((await run(words)).exitCode).toBe(8);
    expect(await keys()).toEqual(await idsOf("2026-10-03", "2026-10-05T12:00Z"));

    // A day that can't be fetched again keeps its old records in the file and in the manifest.
    await act(sandbox, "day.deny", { day: "2026-10-05", times: 100 });
    await goOnUntil("2026-10-05T23:00:10.000Z", "2026-10-05T20:00:00.000Z");
    const before = await keys();
    expect((await run(words)).exitCode).toBe(3);
    expect(await keys()).toEqual(before);
    expect((await manifest()).at("records")).toBe(before.length);

    await act(sandbox, "fault.clear");
    await goOnUntil("2026-10-07T12:00:10.000Z", "2026-10-07T06:00:00.000Z");
    expect((await run(words)).exitCode).toBe(0);
    expect(await keys()).toEqual(await idsOf("2026-10-03", "2026-10-06"));
    expect((await manifest()).at("records")).toBe((await keys()).length);
    expect(await filesIn(directory)).toEqual(["all.ndjson", "all.ndjson.manifest.json"]);
  });

  test("has one CSV header in one file, even after a day was fetched again", async () => {
    const { run, directory, goOnUntil } = await exportStage();
    const words = ["users", "aggregates", "--interval", "2026-10-01/2026-10-05", "--out", "all.csv"];
    expect((await run(words)).exitCode).toBe(0);
    const lines = linesOf(await readFile(join(directory, "all.csv"), "utf8"));
    expect(lines.filter((line) => line === lines[0])).toHaveLength(1);
    await goOnUntil("2026-10-07T12:00:10.000Z", "2026-10-07T06:00:00.000Z");
    expect((await run([...words, "--resume"])).exitCode).toBe(0);
    expect(linesOf(await readFile(join(directory, "all.csv"), "utf8"))).toEqual(lines);
  });

  test("that also starts after the watermark yields no data file", async () => {
    const { run, directory } = await exportStage({}, { watermark: "2026-10-03T00:00:00.000Z" });
    const words = [...DETAILS, "--interval", "2026-10-04/2026-10-05", "--json"];
    const result = await run([...words, "--out", "all.ndjson"]);
    expect([result.exitCode, json(result.json).at("records"), json(result.json).at("files")]).toEqual([
      8, 0, 0,
    ]);
    expect(await filesIn(directory)).toEqual(["all.ndjson.manifest.json"]);
  });
});

test("an export to standard output prints every record and nothing else, in the order of the days", async () => {
  const { run, truth } = await exportStage();
  const { exitCode, stdout, stderr } = await run([...FOUR_DAYS, "--out", "-"]);
  const expected = began(await truth(), "2026-10-01", "2026-10-05");
  expect([exitCode, stderr]).toEqual([0, `${expected.size} records of conversations details\n`]);
  expect([...byId(linesOf(stdout))]).toEqual([...expected]);
});

test("an incomplete export to standard output names the missing interval and suggests a directory", async () => {
  const { run, truth } = await exportStage();
  const { exitCode, stdout, stderr } = await run([...INTO_TODAY, "--out", "-"]);
  expect(exitCode).toBe(8);
  expect([...byId(linesOf(stdout)).keys()]).toEqual([
    ...began(await truth(), "2026-10-04", "2026-10-05T06:00Z").keys(),
  ]);
  expect(stderr).toContain("2026-10-05T06:00:00.000Z/2026-10-06T00:00:00.000Z");
  expect(stderr).toContain(
    "hint: export to a directory, so that `--resume` can continue the export: --out PATH",
  );
  expect(stderr).not.toContain("fetch the missing parts");
});
