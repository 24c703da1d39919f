import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { act, call, json } from "../../../sandbox/client.ts";
import { began, exportedIn, exportStage, filesIn, readTrueManifest } from "../../../support/export-stage.ts";

const FOUR_DAYS = ["conversations", "details", "--interval", "2026-10-01/2026-10-05"];

test.each([
  ["a directory", "lake"],
  ["a file", "all.ndjson"],
])(
  "after a refusal before the first part, another export can use %s as its destination",
  async (_what, out) => {
    const { run, directory, truth, sandbox } = await exportStage();
    const refusal = { kind: "status", status: 403, code: "missing.permissions", pathEnd: "/availability" };
    await act(sandbox, "fault.add", refusal);
    expect((await run([...FOUR_DAYS, "--out", out])).exitCode).toBe(3);
    expect(await filesIn(directory)).toEqual([]);
    const other = await run([
      "conversations",
      "details",
      "--interval",
      "2026-10-02/2026-10-04",
      "--out",
      out,
    ]);
    expect(other.exitCode).toBe(0);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-02", "2026-10-04"));
  },
);

describe("a day that the API refuses", () => {
  test.each([
    ["a directory", "lake", "lake/manifest.json"],
    ["a file", "all.ndjson", "all.ndjson.manifest.json"],
  ])(
    "is diagnosed without stopping the others, and is fetched with --resume: %s",
    async (_what, out, manifestPath) => {
      const { run, directory, truth, sandbox } = await exportStage();
      await act(sandbox, "day.deny", { day: "2026-10-02" });
      const first = await run([...FOUR_DAYS, "--out", out, "--json"]);
      expect(first.exitCode).toBe(3);
      expect(json(first.json).at("gaps")).toEqual([
        {
          part: "2026-10-02",
          interval: "2026-10-02T00:00:00.000Z/2026-10-03T00:00:00.000Z",
          code: "api.forbidden",
          reason:
            "`POST /api/v2/analytics/conversations/details/jobs` returned 403 `missing.division.permission`: You are not authorized to perform the requested action.",
          correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
        },
      ]);
      expect(json(first.json).at("diagnosis.results.0.live")).toEqual({
        status: 403,
        code: "missing.division.permission",
      });
      expect(first.stderr).toContain(
        "skipped `2026-10-02`: `POST /api/v2/analytics/conversations/details/jobs`",
      );
      expect(first.stderr).toContain(
        "error: `POST /api/v2/analytics/conversations/details/jobs` returned 403",
      );
      expect(first.stderr).toContain(
        "hint: fetch the missing parts once the token may read them: genscope export",
      );
      const all = began(await truth(), "2026-10-01", "2026-10-05");
      const others = [...all].filter(([, line]) => !line.includes('"conversationStart":"2026-10-02'));
      expect(new Map(await exportedIn(directory))).toEqual(new Map(others));
      expect((await readTrueManifest(join(directory, manifestPath))).at("isComplete")).toBe(false);

      const second = await run([...FOUR_DAYS, "--out", out, "--resume", "--json"]);
      expect([second.exitCode, json(second.json).at("gaps")]).toEqual([0, []]);
      expect(json(second.json).at("diagnosis")).toBeNull();
      expect(await exportedIn(directory)).toEqual(all);
      expect((await readTrueManifest(join(directory, manifestPath))).at("records")).toBe(all.size);
      const jobs = await call(sandbox, "GET /sandbox/jobs");
      expect(jobs.each("jobs", "interval")).toHaveLength(4);
    },
  );

  test("is missing from every CSV table", async () => {
    const { run, directory, sandbox } = await exportStage();
    await act(sandbox, "day.deny", { day: "2026-10-02" });
    expect((await run([...FOUR_DAYS, "--out", "lake", "--format", "csv"])).exitCode).toBe(3);
    const files = await filesIn(join(directory, "lake"));
    expect(files.filter((file) => file.includes("2026-10-02"))).toEqual([]);
    expect(files.filter((file) => file.includes("2026-10-03"))).toHaveLength(11);
  });

  test("stops the export with --on-forbidden fail, and keeps the earlier files", async () => {
    const { run, directory, truth, sandbox } = await exportStage();
    await act(sandbox, "day.deny", { day: "2026-10-02" });
    const flags = ["--out", "lake", "--on-forbidden", "fail", "--json"];
    const first = await run([...FOUR_DAYS, ...flags, "--concurrency", "1"]);
    expect([first.exitCode, json(first.json).at("error.code")]).toEqual([3, "api.forbidden"]);
    expect(json(first.json).at("diagnosis.results.0.operation.path")).toBe(
      "/api/v2/analytics/conversations/details/jobs",
    );
    expect(await filesIn(join(directory, "lake"))).toEqual(["conversations/2026-10-01.ndjson"]);
    const second = await run([...FOUR_DAYS, ...flags, "--resume"]);
    expect(second.exitCode).toBe(0);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-05"));
  });

  test("is reported on stderr when the records go into a pipe", async () => {
    const { run, sandbox } = await exportStage();
    await act(sandbox, "day.deny", { day: "2026-10-02" });
    const { exitCode, stdout, stderr } = await run([...FOUR_DAYS, "--out", "-"]);
    expect(exitCode).toBe(3);
    expect(stdout).not.toContain('"conversationStart":"2026-10-02');
    expect(stderr).toContain("missing: 2026-10-02T00:00:00.000Z/2026-10-03T00:00:00.000Z: `POST ");
  });
});

test("an export writes no data file when the API refuses every day", async () => {
  const { run, directory, sandbox } = await exportStage();
  for (const day of ["01", "02", "03", "04"]) await act(sandbox, "day.deny", { day: `2026-10-${day}` });
  const result = await run([...FOUR_DAYS, "--out", "all.ndjson", "--json"]);
  expect([result.exitCode, json(result.json).at("records"), json(result.json).each("gaps", "part")]).toEqual([
    3,
    0,
    ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04"],
  ]);
  expect(await filesIn(directory)).toEqual(["all.ndjson.manifest.json"]);
});

describe("the job of an exported day", () => {
  test.each<[string, object, number]>([
    ["that fails is submitted again", { outcome: "FAILED", times: 1 }, 5],
    ["that is canceled is submitted again", { outcome: "CANCELLED", times: 2 }, 6],
    ["that expires during the pages restarts its part", { expireAfterPages: 1, times: 1 }, 5],
    ["that takes long is awaited", { pendingPolls: 3, times: 1 }, 4],
    ["with single-use cursors is read completely", { cursorUses: 1, times: 4 }, 4],
  ])("%s", async (_what, fault, jobs) => {
    const { run, directory, truth, sandbox } = await exportStage(
      { conversations: 1_200 },
      { heavyPages: { above: 130, status: 413 } },
    );
    await act(sandbox, "job.fault", fault);
    const result = await run([...FOUR_DAYS, "--out", "lake", "--json"]);
    expect([result.exitCode, json(result.json).at("isComplete")]).toEqual([0, true]);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-05"));
    const submitted = await call(sandbox, "GET /sandbox/jobs");
    expect(submitted.each("jobs", "deleted")).toEqual(Array.from({ length: jobs }, () => true));
    await readTrueManifest(join(directory, "lake/manifest.json"));
  });

  test("that always fails leaves a gap, which --resume fills", async () => {
    const { run, directory, truth, sandbox } = await exportStage();
    await act(sandbox, "job.fault", { outcome: "FAILED", times: 4 });
    const first = await run([...FOUR_DAYS, "--out", "lake", "--json", "--concurrency", "1"]);
    expect([
      first.exitCode,
      json(first.json).each("gaps", "code"),
      json(first.json).each("gaps", "part"),
    ]).toEqual([8, ["export.job_lost"], ["2026-10-01"]]);
    expect((await run([...FOUR_DAYS, "--out", "lake", "--resume"])).exitCode).toBe(0);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-05"));
    expect(new Set((await call(sandbox, "GET /sandbox/jobs")).each("jobs", "deleted"))).toEqual(
      new Set([true]),
    );
  });

  test("with repeated rows yields each record once, and the result counts the duplicates", async () => {
    const { run, directory, truth } = await exportStage(
      { conversations: 1_200 },
      { pageDrift: { query: 0, jobs: 7, listings: 0 }, heavyPages: { above: 130, status: 413 } },
    );
    const result = await run([...FOUR_DAYS, "--out", "lake", "--json"]);
    expect(result.exitCode).toBe(0);
    expect(json(result.json).at("duplicates")).not.toBe(0);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-05"));
  });

  test.each([413, 504, 400])("with oversized pages is read at half the page size: %i", async (status) => {
    const { run, directory, truth } = await exportStage(
      { conversations: 1_200 },
      { heavyPages: { above: 100, status } },
    );
    const result = await run([...FOUR_DAYS, "--out", "lake", "--json"]);
    expect([result.exitCode, json(result.json).at("duplicates")]).toEqual([0, 0]);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-05"));
  });
});
