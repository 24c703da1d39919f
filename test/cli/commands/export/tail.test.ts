import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { act, json } from "../../../sandbox/client.ts";
import {
  began,
  type ExportStage,
  exportedIn,
  exportStage,
  filesIn,
  readTrueManifest,
} from "../../../support/export-stage.ts";

const DETAILS = ["conversations", "details", "--json"];
const TAIL = ["--fresh-tail"];
const NIGHTLY = [
  ...DETAILS,
  "--incremental",
  "--interval",
  "2026-10-03/2026-10-06",
  "--out",
  "lake",
  ...TAIL,
];
const LIVE_INDEX = { path: "/api/v2/analytics/conversations/details/query", times: 100 };

/** Returns an export with provisional data, for which the platform has since collected more data. */
async function staleTail(now: string, watermark: string): Promise<ExportStage> {
  const stage = await exportStage();
  expect((await stage.run(NIGHTLY)).exitCode).toBe(0);
  await stage.goOnUntil(now, watermark);
  return stage;
}

describe("provisional data that the data lake replaces", () => {
  test.each([
    ["on its day", "2026-10-05T13:00:10.000Z", "2026-10-05T09:00:00.000Z", "2026-10-05T12:59"],
    ["a day later", "2026-10-06T12:00:10.000Z", "2026-10-06T06:00:00.000Z", "2026-10-06T11:59"],
  ])("is removed even when new provisional data is refused: %s", async (_when, now, watermark, end) => {
    const { run, sandbox, directory, truth } = await staleTail(now, watermark);
    const code = "missing.any.permissions";
    await act(sandbox, "fault.add", { ...LIVE_INDEX, kind: "status", status: 403, code });
    const result = await run(NIGHTLY);
    expect(result.exitCode).toBe(3);
    const gaps = json(result.json).at("gaps");
    const interval = `${watermark}/${end}:00.000Z`;
    expect(gaps).toMatchObject([{ part: `${end.slice(0, 10)}-tail`, interval, code: "api.forbidden" }]);
    const lake = began(await truth(), "2026-10-03", watermark);
    expect([...(await exportedIn(directory)).keys()].toSorted()).toEqual([...lake.keys()].toSorted());
    const manifest = await readTrueManifest(join(directory, "lake/manifest.json"));
    expect(manifest.at("records")).toBe(lake.size);

    await act(sandbox, "fault.clear");
    expect((await run(NIGHTLY)).exitCode).toBe(0);
    const live = began(await truth({ attributes: false }), watermark, `${end}Z`);
    expect(live.size).toBeGreaterThan(10);
    expect((await exportedIn(directory)).size).toBe(lake.size + live.size);
  });

  test.each(["1", "4"])(
    "causes no duplicates when a failed fetch of new provisional data stops the run, with %s workers",
    async (concurrency) => {
      const watermark = "2026-10-05T09:00:00.000Z";
      const { run, sandbox, directory, truth } = await staleTail("2026-10-05T13:00:10.000Z", watermark);
      await act(sandbox, "fault.add", { ...LIVE_INDEX, kind: "status", status: 503 });
      const words = [...NIGHTLY, "--concurrency", concurrency];
      expect((await run([...words, "--max-wait", "1s"])).exitCode).toBe(7);
      const lake = began(await truth(), "2026-10-03", watermark);
      expect([...(await exportedIn(directory)).keys()].toSorted()).toEqual([...lake.keys()].toSorted());

      await act(sandbox, "fault.clear");
      expect((await run(words)).exitCode).toBe(0);
      await readTrueManifest(join(directory, "lake/manifest.json"));
      expect((await exportedIn(directory)).size).toBeGreaterThan(lake.size);
    },
  );
});

describe("--resume of an export with provisional data", () => {
  const words = [...DETAILS, "--interval", "2026-10-04/2026-10-06", ...TAIL];

  test.each([
    [
      "a directory",
      "lake",
      ["conversations/2026-10-04.ndjson", "conversations/2026-10-05.ndjson", "manifest.json"],
    ],
    ["a file", "all.ndjson", null],
  ])(
    "replaces the provisional data when the data lake is complete, and then changes nothing: %s",
    async (_what, out, files) => {
      const { run, directory, truth, goOnUntil } = await exportStage();
      const first = await run([...words, "--out", out]);
      expect([first.exitCode, json(first.json).at("isComplete")]).toEqual([0, true]);
      expect(json(first.json).at("interval")).toBe("2026-10-04T00:00:00.000Z/2026-10-05T11:59:00.000Z");

      await goOnUntil("2026-10-05T13:00:10.000Z", "2026-10-05T09:00:00.000Z");
      const second = await run([...words, "--out", out, "--resume"]);
      expect([second.exitCode, json(second.json).at("wasDone")]).toEqual([0, false]);
      expect(json(second.json).at("interval")).toBe("2026-10-04T00:00:00.000Z/2026-10-05T12:59:00.000Z");
      const ids = [...began(await truth(), "2026-10-04", "2026-10-05T12:59Z").keys()].toSorted();
      expect([...(await exportedIn(directory)).keys()].toSorted()).toEqual(ids);

      await goOnUntil("2026-10-07T12:00:10.000Z", "2026-10-07T06:00:00.000Z");
      const third = await run([...words, "--out", out, "--resume"]);
      expect([third.exitCode, json(third.json).at("provisional")]).toEqual([0, 0]);
      expect(json(third.json).at("interval")).toBe("2026-10-04T00:00:00.000Z/2026-10-06T00:00:00.000Z");
      const whole = began(await truth(), "2026-10-04", "2026-10-06");
      expect([...(await exportedIn(directory)).keys()].toSorted()).toEqual([...whole.keys()].toSorted());
      expect(await filesIn(join(directory, files === null ? "" : out))).toEqual(
        files ?? ["all.ndjson", "all.ndjson.manifest.json"],
      );

      const fourth = await run([...words, "--out", out, "--resume"]);
      expect([fourth.exitCode, json(fourth.json).at("wasDone")]).toEqual([0, true]);
    },
  );

  test("continues an interrupted run to its original end", async () => {
    const { run, sandbox, directory, truth, goOnUntil } = await exportStage();
    await act(sandbox, "fault.add", { ...LIVE_INDEX, kind: "status", status: 401, code: "bad.credentials" });
    expect((await run([...words, "--out", "lake"])).exitCode).toBe(4);
    await act(sandbox, "fault.clear");
    await goOnUntil("2026-10-05T13:00:10.000Z", "2026-10-05T09:00:00.000Z");
    const result = await run([...words, "--out", "lake", "--resume"]);
    expect([result.exitCode, json(result.json).at("interval")]).toEqual([
      0,
      "2026-10-04T00:00:00.000Z/2026-10-05T11:59:00.000Z",
    ]);
    const ids = [...began(await truth(), "2026-10-04", "2026-10-05T11:59Z").keys()].toSorted();
    expect([...(await exportedIn(directory)).keys()].toSorted()).toEqual(ids);
  });

  test("is refused when a relative interval means later days", async () => {
    const { run, goOnUntil } = await exportStage();
    const today = [...DETAILS, "--interval", "today", ...TAIL, "--out", "lake"];
    expect((await run(today)).exitCode).toBe(0);
    await goOnUntil("2026-10-06T12:00:10.000Z", "2026-10-06T06:00:00.000Z");
    const mended = await run([...today, "--resume"]);
    expect([mended.exitCode, json(mended.json).at("interval")]).toEqual([
      0,
      "2026-10-05T00:00:00.000Z/2026-10-06T00:00:00.000Z",
    ]);
    const refused = await run([...today, "--resume"]);
    expect([refused.exitCode, json(refused.json).at("error.code")]).toEqual([2, "usage.other_interval"]);
  });
});
