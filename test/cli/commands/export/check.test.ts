import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { call, json } from "../../../sandbox/client.ts";
import { canMount, smallDisk } from "../../../support/export-small-disk.ts";
import { began, exportStage } from "../../../support/export-stage.ts";
import { findViolations, readSchemas, withoutTolerance } from "../../../support/json-schemas.ts";

const DETAILS = ["conversations", "details", "--interval", "2026-10-01/2026-10-05", "--out", "lake"];

/** Returns the results of the checks as `verdict METHOD path`. */
function verdicts(document: unknown): readonly string[] {
  const checks = json(json(document).at("access"));
  const operations = checks.each("results", "operation").map((operation) => json(operation));
  const names = checks.each("results", "verdict");
  return operations.map(
    (operation, index) => `${names[index]} ${operation.text("method")} ${operation.text("path")}`,
  );
}

describe("--check of an export of conversations", () => {
  test("reports that the export is allowed, counts what it would read, and writes nothing", async () => {
    const { run, directory, truth } = await exportStage();
    const { exitCode, json: document } = await run([...DETAILS, "--check", "--json"]);
    expect([exitCode, verdicts(document)]).toEqual([
      0,
      [
        "allowed POST /api/v2/analytics/conversations/details/jobs",
        "allowed GET /api/v2/analytics/conversations/details/jobs/{jobId}",
        "allowed GET /api/v2/analytics/conversations/details/jobs/{jobId}/results",
        "allowed GET /api/v2/analytics/conversations/details/jobs/availability",
      ],
    ]);
    const expected = began(await truth(), "2026-10-01", "2026-10-05").size;
    const found = json(document);
    expect(found.at("available")).toBe("2026-10-01T00:00:00.000Z/2026-10-05T00:00:00.000Z");
    expect([found.at("parts"), found.at("unavailable"), found.at("hasRoom")]).toEqual([4, null, true]);
    // Conversations that began before the interval are counted as well.
    expect(found.at("records")).toBeGreaterThanOrEqual(expected);
    expect(found.at("records")).toBeLessThan(expected + 20);
    expect(found.at("requests")).toBe(4 * 4 + 4 + Math.ceil(Number(found.at("records")) / 1_000) + 1);
    expect(await readdir(directory)).toEqual([]);
    const schema = readSchemas().get("export-check") ?? {};
    expect(findViolations(withoutTolerance(schema), document)).toEqual([]);
  });

  test("describes an incremental export up to now, regardless of the end of its interval", async () => {
    const { run } = await exportStage();
    const words = ["conversations", "details", "--interval", "2026-10-01/2026-10-03", "--out", "lake"];
    const checked = await run([...words, "--incremental", "--check", "--json"]);
    const found = json(checked.json);
    expect(found.at("interval")).toMatch(/^2026-10-01T00:00:00.000Z\/2026-10-05T/);
    expect(checked.stderr).toContain(
      "`--incremental` continues up to now and ignores the end of --interval\n",
    );
    const result = await run([...words, "--incremental", "--json"]);
    expect(result.stderr).toContain(
      "`--incremental` continues up to now and ignores the end of --interval\n",
    );
    expect(json(result.json).at("parts")).toBe(found.at("parts"));
    const again = await run([...words, "--incremental", "--check"]);
    expect(again.stderr).toContain(
      "the count covers every day of the export; a later run fetches only what is new",
    );
  });

  test.each<[string, string, string]>([
    ["2026-10-01T00:00:00/2026-10-02T23:59:59", "UTC", "leaves out the last second"],
    ["2026-10-01T08:00Z/2026-10-01T08:59Z", "UTC", "leaves out the last minute"],
    ["2026-10-04T02:30/2026-10-05T00:00", "Australia/Sydney", "does not exist in Australia/Sydney"],
  ])("advises about the interval %s in %s", async (interval, zone, advice) => {
    const { run } = await exportStage();
    const words = ["conversations", "details", "--interval", interval, "--time-zone", zone, "--out", "lake"];
    expect((await run([...words, "--check"])).stderr).toContain(advice);
  });

  test("sends nothing that starts a job", async () => {
    const { run, sandbox } = await exportStage();
    await run([...DETAILS, "--check"]);
    expect((await call(sandbox, "GET /sandbox/jobs")).each("jobs", "id")).toEqual([]);
  });

  test("names the end of the interval that the platform has not collected yet", async () => {
    const { run } = await exportStage();
    const words = ["conversations", "details", "--interval", "2026-10-04/2026-10-06", "--check", "--json"];
    const { json: document } = await run(words);
    const found = json(document);
    expect([found.at("available"), found.at("unavailable"), found.at("watermark")]).toEqual([
      "2026-10-04T00:00:00.000Z/2026-10-05T06:00:00.000Z",
      "export.watermark",
      "2026-10-05T06:00:00.000Z",
    ]);
  });

  test("prints the verdicts and the numbers as text", async () => {
    const { run } = await exportStage();
    const { exitCode, stdout } = await run([...DETAILS, "--check"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/4 checks: 4 allowed/);
    expect(stdout).toMatch(/records +about \d+/);
    expect(stdout).toMatch(/time +within a minute under the platform's rate limit/);
    expect(stdout).toMatch(/free space +[\d.]+ [GT]B/);
  });
});

test("--check exits with 3 and the fix when the token may not export", async () => {
  const { run } = await exportStage({ scenario: "missing-role" });
  const { exitCode, json: document, stderr } = await run([...DETAILS, "--check", "--json"]);
  expect(exitCode).toBe(3);
  expect(verdicts(document)[0]).toMatch(/^denied POST/);
  expect(json(document).at("records")).toBeNull();
  expect(stderr).toMatch(/unknown: /);
});

describe("--check counts", () => {
  test("the entries of a listing", async () => {
    const { run } = await exportStage();
    const { exitCode, json: document } = await run(["queues", "--check", "--json"]);
    expect(exitCode).toBe(0);
    const found = json(document);
    expect(verdicts(document)).toEqual(["allowed GET /api/v2/routing/queues"]);
    expect([found.at("interval"), found.at("available"), found.at("watermark")]).toEqual([null, null, null]);
    expect(found.at("records")).toBeGreaterThan(0);
  });

  test("one request per day of aggregates, and no records", async () => {
    const { run } = await exportStage();
    const words = ["conversations", "aggregates", "--interval", "2026-10-01/2026-10-04", "--check", "--json"];
    const { json: document } = await run(words);
    const found = json(document);
    expect([found.at("records"), found.at("requests"), found.at("minutes")]).toEqual([null, 3, 1]);
  });

  test.each<[string, number]>([
    ["users details", 4],
    ["audits", 3],
  ])("no records of %s, which the platform does not count", async (name, checks) => {
    const { run } = await exportStage();
    const words = [...name.split(" "), "--interval", "2026-10-01/2026-10-04", "--check", "--json"];
    const { exitCode, json: document } = await run(words);
    expect([exitCode, verdicts(document).length]).toEqual([0, checks]);
    expect(json(document).at("records")).toBeNull();
  });
});

test.skipIf(!canMount())(
  "--check exits with 1 when the disk is too small for the records (needs to mount a file system)",
  async () => {
    const { run } = await exportStage();
    const { path } = await smallDisk(65_536);
    const { exitCode, stderr } = await run([...DETAILS.slice(0, -1), path, "--check"]);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/not enough space: about .* of records, .* free/),
    ]);
  },
);

describe("a destination that the export would refuse", () => {
  test("causes the same error with and without --check", async () => {
    const { run } = await exportStage();
    await run([...DETAILS]);
    const others = [[...DETAILS], [...DETAILS, "--resume", "--format", "csv"], ["users", "--out", "lake"]];
    for (const words of others) {
      const [checked, refused] = [await run([...words, "--check"]), await run(words)];
      expect([checked.exitCode, checked.stderr]).toEqual([2, refused.stderr]);
      expect(refused.exitCode).toBe(2);
    }
    const resumed = await run([...DETAILS, "--resume", "--check"]);
    expect(resumed.exitCode).toBe(0);
  });
});
