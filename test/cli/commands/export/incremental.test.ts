import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { act, call, json } from "../../../sandbox/client.ts";
import {
  began,
  type ExportStage,
  exportedIn,
  exportStage,
  filesIn,
  readTrueManifest,
} from "../../../support/export-stage.ts";

const DETAILS = ["conversations", "details", "--json"];
const NIGHTLY = [...DETAILS, "--incremental", "--interval", "2026-10-03/2026-10-06", "--out", "lake"];
const WITH_TAIL = [...NIGHTLY, "--fresh-tail"];

/** Returns the days of all jobs that were submitted after the first `count` jobs. */
async function jobDays(stage: ExportStage, count = 0): Promise<readonly string[]> {
  const jobs = await call(stage.sandbox, "GET /sandbox/jobs");
  return (jobs.each("jobs", "interval") as string[])
    .slice(count)
    .map((interval) => interval.slice(0, 10))
    .toSorted();
}

const jobCount = async (stage: ExportStage) => (await jobDays(stage)).length;

describe("--fresh-tail", () => {
  test("adds records of the live index at the end and marks them as provisional", async () => {
    const { run, directory, truth } = await exportStage();
    const words = [...DETAILS, "--interval", "2026-10-04/2026-10-06", "--out", "lake", "--fresh-tail"];
    const result = await run(words);
    expect(result.exitCode).toBe(0);
    const exported = await exportedIn(directory);
    const lake = began(await truth(), "2026-10-04", "2026-10-05T06:00Z");
    const live = began(await truth({ attributes: false }), "2026-10-05T06:00Z", "2026-10-05T11:59Z");
    expect(live.size).toBeGreaterThan(10);
    expect(exported).toEqual(new Map([...lake, ...live]));
    expect(json(result.json).at("provisional")).toBe(live.size);
    expect(await filesIn(join(directory, "lake"))).toEqual([
      "conversations/2026-10-04.ndjson",
      "conversations/2026-10-05-tail.ndjson",
      "conversations/2026-10-05.ndjson",
      "manifest.json",
    ]);
    const manifest = await readTrueManifest(join(directory, "lake/manifest.json"));
    expect(manifest.each("parts", "isProvisional")).toEqual([false, false, true]);
    expect(manifest.each("parts", "isConfirmed")).toEqual([true, true, true]);
  });

  test("keeps the provisional records while the API refuses the day itself", async () => {
    const { run, directory, truth, goOnUntil, sandbox } = await exportStage();
    expect((await run(WITH_TAIL)).exitCode).toBe(0);
    const before = await exportedIn(directory);
    await goOnUntil("2026-10-06T12:00:10.000Z", "2026-10-06T06:00:00.000Z");
    await act(sandbox, "day.deny", { day: "2026-10-05", times: 100 });
    expect((await run(WITH_TAIL)).exitCode).toBe(3);
    expect(began(await exportedIn(directory), "2026-10-05", "2026-10-06")).toEqual(
      began(before, "2026-10-05", "2026-10-06"),
    );
    const manifest = await readTrueManifest(join(directory, "lake/manifest.json"));
    const stale = (manifest.each("parts", "isStale") as boolean[]).flatMap((isStale, index) =>
      isStale ? [manifest.each("parts", "part")[index]] : [],
    );
    expect(stale).toEqual(["2026-10-05"]);
    expect(manifest.each("parts", "part")).toContain("2026-10-05-tail");

    await act(sandbox, "fault.clear");
    expect((await run(WITH_TAIL)).exitCode).toBe(0);
    const days = began(await truth(), "2026-10-03", "2026-10-06T06:00Z");
    expect(began(await exportedIn(directory), "2026-10-03", "2026-10-06T06:00Z")).toEqual(days);
  });

  test.each([
    ["after some hours of the same day", "2026-10-05T20:00:10.000Z", "2026-10-05T14:00:00.000Z"],
    ["after a day", "2026-10-06T12:00:10.000Z", "2026-10-06T06:00:00.000Z"],
    ["after two days", "2026-10-07T12:00:10.000Z", "2026-10-07T06:00:00.000Z"],
    ["when the data lake has the whole interval", "2026-10-06T12:00:10.000Z", "2026-10-06T12:00:00.000Z"],
  ])("replaces provisional data with records from the data lake: %s", async (_what, now, watermark) => {
    const { run, directory, truth, goOnUntil } = await exportStage();
    expect((await run(WITH_TAIL)).exitCode).toBe(0);
    await goOnUntil(now, watermark);
    const result = await run(WITH_TAIL);
    expect(result.exitCode).toBe(0);
    const end = `${now.slice(0, 11)}${String(Number(now.slice(11, 13)) - 1).padStart(2, "0")}:59Z`;
    const lake = began(await truth(), "2026-10-03", watermark);
    const live = began(await truth({ attributes: false }), watermark, end);
    const exported = await exportedIn(directory);
    expect([...exported.keys()].toSorted()).toEqual([...lake.keys(), ...live.keys()].toSorted());
    for (const [id, line] of live) expect(exported.get(id)).toBe(line);
    for (const [id, line] of began(lake, "2026-10-04", watermark)) expect(exported.get(id)).toBe(line);
    await readTrueManifest(join(directory, "lake/manifest.json"));
  });

  test("leaves no provisional file once the data lake is complete", async () => {
    const { run, directory, goOnUntil } = await exportStage();
    await run(WITH_TAIL);
    await goOnUntil("2026-10-06T12:00:10.000Z", "2026-10-06T12:00:00.000Z");
    await run(WITH_TAIL);
    expect(await filesIn(join(directory, "lake"))).toEqual([
      ...["03", "04", "05", "06"].map((day) => `conversations/2026-10-${day}.ndjson`),
      "manifest.json",
    ]);
  });
});

describe("--incremental", () => {
  test("starts seven days back at midnight, ends at the watermark and yields a complete export", async () => {
    const { run, directory, truth } = await exportStage({ conversations: 900, days: 9 });
    const result = await run([...DETAILS, "--incremental", "--out", "lake"]);
    expect([result.exitCode, json(result.json).at("isComplete"), json(result.json).at("gaps")]).toEqual([
      0,
      true,
      [],
    ]);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-09-28", "2026-10-05T06:00Z"));
  });

  test("fetches only new days, look-back days and days with open conversations that have ended", async () => {
    const stage = await exportStage({ conversations: 4_000, days: 9 });
    const words = [
      ...DETAILS,
      "--incremental",
      "--interval",
      "2026-09-27/now",
      "--out",
      "lake",
      "--look-back",
      "7h",
    ];
    expect((await stage.run(words)).exitCode).toBe(0);
    const before = await exportedIn(stage.directory);
    const openDays = new Set(
      [...before.values()]
        .filter((line) => json(JSON.parse(line)).at("conversationEnd") === undefined)
        .map((line) => json(JSON.parse(line)).text("conversationStart").slice(0, 10)),
    );
    const count = await jobCount(stage);
    await stage.goOnUntil("2026-10-06T12:00:10.000Z", "2026-10-06T06:00:00.000Z");
    expect((await stage.run(words)).exitCode).toBe(0);

    const now = began(await stage.truth(), "2026-09-27", "2026-10-06T06:00Z");
    const endedDays = [...openDays].filter((day) =>
      [...began(before, day, `${day}T23:59:59.999Z`)].some(
        ([id, line]) =>
          json(JSON.parse(line)).at("conversationEnd") === undefined &&
          json(JSON.parse(now.get(id) ?? "{}")).at("conversationEnd") !== undefined,
      ),
    );
    const expected = new Set([...endedDays, "2026-10-04", "2026-10-05", "2026-10-06"]);
    expect(endedDays.some((day) => day < "2026-10-04")).toBe(true);
    expect(await jobDays(stage, count)).toEqual([...expected].toSorted());
    const exported = await exportedIn(stage.directory);
    expect([...exported.keys()].toSorted()).toEqual([...now.keys()].toSorted());
    for (const [id, line] of now) {
      if (expected.has(json(JSON.parse(line)).text("conversationStart").slice(0, 10))) {
        expect(exported.get(id)).toBe(line);
      }
    }
    await readTrueManifest(join(stage.directory, "lake/manifest.json"));
  });

  test("fetches the days of open conversations again when it cannot look them up", async () => {
    const stage = await exportStage({ conversations: 1_800, days: 9 });
    const words = [
      ...DETAILS,
      "--incremental",
      "--interval",
      "2026-09-27/now",
      "--out",
      "lake",
      "--look-back",
      "1h",
    ];
    await stage.run(words);
    const exported = [...(await exportedIn(stage.directory)).values()];
    const openDays = exported
      .filter((line) => json(JSON.parse(line)).at("conversationEnd") === undefined)
      .map((line) => json(JSON.parse(line)).text("conversationStart").slice(0, 10));
    const count = await jobCount(stage);
    await act(stage.sandbox, "fault.add", {
      kind: "status",
      status: 403,
      code: "missing.any.permissions",
      method: "GET",
      path: "/api/v2/analytics/conversations/details",
      after: 1,
      times: 1,
    });
    expect((await stage.run(words)).exitCode).toBe(0);
    expect(await jobDays(stage, count)).toEqual([...new Set([...openDays, "2026-10-05"])].toSorted());
  });

  test("continues an interrupted run with the same days", async () => {
    const stage = await exportStage({ conversations: 4_000, days: 5 });
    await stage.run(NIGHTLY);
    await stage.goOnUntil("2026-10-07T12:00:10.000Z", "2026-10-07T06:00:00.000Z");
    await act(stage.sandbox, "fault.add", {
      kind: "status",
      status: 401,
      code: "bad.credentials",
      path: "/api/v2/analytics",
      pathEnd: "/results",
      after: 2,
      times: 50,
    });
    const failed = await stage.run([...NIGHTLY, "--concurrency", "1"]);
    expect(failed.exitCode).toBe(4);
    // The hint repeats the same command without `--resume`, because `--incremental` continues on its own.
    expect(failed.stderr).toMatch(
      /continue with: genscope export [^\n]* --incremental [^\n]*--concurrency 1 --json\n/,
    );
    await act(stage.sandbox, "fault.clear");
    const now = await stage.truth();
    const result = await stage.run(NIGHTLY);
    expect([result.exitCode, json(result.json).at("watermark")]).toEqual([0, "2026-10-07T06:00:00.000Z"]);
    expect(await exportedIn(stage.directory)).toEqual(began(now, "2026-10-03", "2026-10-07T06:00Z"));
  });

  test("updates an export of a fixed interval", async () => {
    const { run, directory, truth, goOnUntil } = await exportStage();
    await run([...DETAILS, "--interval", "2026-10-03/2026-10-05", "--out", "lake"]);
    await goOnUntil("2026-10-06T12:00:10.000Z", "2026-10-06T06:00:00.000Z");
    const result = await run([
      ...DETAILS,
      "--interval",
      "2026-10-03/2026-10-05",
      "--out",
      "lake",
      "--incremental",
    ]);
    expect([result.exitCode, json(result.json).at("error.message")]).toEqual([0, undefined]);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-03", "2026-10-06T06:00Z"));
  });

  test("with changed filters is refused, and the error names the difference", async () => {
    const { run } = await exportStage();
    await run(NIGHTLY);
    const result = await run([...NIGHTLY, "--filter", "mediaType=voice"]);
    expect([result.exitCode, json(result.json).at("error.code")]).toEqual([2, "usage.other_export"]);
  });

  test("fetches a listing again", async () => {
    const { run, directory, sandbox } = await exportStage();
    const words = ["queues", "--incremental", "--out", "lake", "--json"];
    const first = await run(words);
    const listed = async () => await readFile(join(directory, "lake/queues/all.ndjson"), "utf8");
    const before = await listed();
    expect([first.exitCode, json(first.json).at("records")]).toEqual([0, before.split("\n").length - 1]);
    await act(sandbox, "fault.clear");
    expect((await run(words)).exitCode).toBe(0);
    expect(await listed()).toBe(before);
    const seen = await call(sandbox, "GET /sandbox/requests");
    expect(
      (seen.each("requests", "path") as string[]).filter((path) =>
        path.startsWith("/api/v2/routing/queues?"),
      ),
    ).toHaveLength(2);
  });
});
