import { describe, expect, test } from "vitest";
import { asArray, asRecord } from "../../../../src/core/json.ts";
import { act, call, json } from "../../../sandbox/client.ts";
import { began, exportedIn, exportStage, linesOf } from "../../../support/export-stage.ts";

const FOUR_DAYS = ["conversations", "details", "--interval", "2026-10-01/2026-10-05"];
const DAY = "2026-10-03";

describe("exported days with more results than a job returns", () => {
  const LIMITED = { mostJobResults: 60, heavyPages: { above: 32, status: 413 } };

  test("are fetched in pieces, each record exactly once", async () => {
    const { run, directory, truth, sandbox } = await exportStage({}, LIMITED);
    const { exitCode, json: document, stderr } = await run([...FOUR_DAYS, "--out", "lake", "--json"]);
    const all = began(await truth(), "2026-10-01", "2026-10-05");
    expect([exitCode, json(document).at("gaps"), json(document).at("isComplete")]).toEqual([0, [], true]);
    expect(stderr).toContain("there are more than 60 results, so it is fetched in 2 pieces");
    expect(all.size).toBeGreaterThan(240);
    expect(await exportedIn(directory)).toEqual(all);
    const jobs = await call(sandbox, "GET /sandbox/jobs");
    expect(jobs.each("jobs", "isDeleted")).not.toContain(false);
    expect(jobs.each("jobs", "interval").length).toBeGreaterThan(8);
  });

  test("go into a pipe in order, each record exactly once", async () => {
    const { run, truth } = await exportStage({}, LIMITED);
    const { exitCode, stdout } = await run([...FOUR_DAYS, "--out", "-"]);
    const all = began(await truth(), "2026-10-01", "2026-10-05");
    expect(exitCode).toBe(0);
    expect(linesOf(stdout).toSorted()).toEqual([...all.values()].toSorted());
  });

  test("are fetched whole when they fit", async () => {
    const { run, sandbox } = await exportStage({}, { heavyPages: { above: 32, status: 413 } });
    await run([...FOUR_DAYS, "--out", "lake"]);
    expect((await call(sandbox, "GET /sandbox/jobs")).each("jobs", "interval")).toHaveLength(4);
  });

  test("are also fetched in pieces from the live index", async () => {
    const { run, directory, truth, sandbox } = await exportStage(
      { conversations: 1_000 },
      { mostQueryResults: 150, watermark: "2026-10-01T00:00:00.000Z" },
    );
    const words = ["conversations", "details", "--interval", DAY, "--fresh-tail", "--out", "lake", "--json"];
    const { exitCode, json: document } = await run(words);
    const day = began(await truth({ attributes: false }), DAY, "2026-10-04");
    expect([exitCode, json(document).at("provisional")]).toEqual([0, day.size]);
    expect(day.size).toBeGreaterThan(150);
    expect(await exportedIn(directory)).toEqual(day);
    await act(sandbox, "settings.patch", { settings: { mostQueryResults: 100_000 } });
  });
});

describe("an exported day that cannot be divided further", () => {
  test("leaves a gap, with the advice not to repeat the command", async () => {
    const { run } = await exportStage({}, { mostJobResults: 1, heavyPages: { above: 32, status: 413 } });
    const words = ["users", "details", "--interval", DAY, "--out", "lake", "--json"];
    const { exitCode, json: document, stderr } = await run(words);
    expect([exitCode, json(document).at("gaps")]).toEqual([
      8,
      [
        expect.objectContaining({
          part: DAY,
          code: "export.too_large",
          reason: "there are more than 1 results, and it cannot be divided further",
        }),
      ],
    ]);
    expect(stderr).toContain("hint: export less at a time, with a filter such as --filter mediaType=voice");
    expect(stderr).not.toContain("--resume");
  });
});

describe("exported aggregates of a day with more buckets than one response holds", () => {
  const WORDS = ["conversations", "aggregates", "--interval", DAY, "--group-by", "queueId"];

  /** Returns the data points of each group, regardless of how many records they are spread over. */
  function pointsOf(stdout: string): ReadonlyMap<string, readonly unknown[]> {
    const points = new Map<string, unknown[]>();
    for (const { group, data } of linesOf(stdout).map((line) => asRecord(JSON.parse(line)))) {
      const key = JSON.stringify(group);
      points.set(key, [...(points.get(key) ?? []), ...asArray(data)]);
    }
    return new Map([...points].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  test("are divided at the ends of buckets", async () => {
    const flags = ["--granularity", "PT30M", "--out", "-"];
    const whole = await (await exportStage()).run([...WORDS, ...flags]);
    const { exitCode, stdout, stderr } = await (await exportStage({}, { mostBuckets: 20 })).run([
      ...WORDS,
      ...flags,
    ]);
    expect([exitCode, pointsOf(stdout)]).toEqual([0, pointsOf(whole.stdout)]);
    expect(stderr).toContain("the response is too large, so it is fetched in 4 pieces");
    expect(linesOf(stdout).length).toBeGreaterThan(linesOf(whole.stdout).length);
  });

  test("are also divided when the service does not respond in time, and only at the ends of buckets", async () => {
    const fault = {
      kind: "status",
      status: 504,
      code: "request.timeout",
      path: "/api/v2/analytics/conversations/aggregates/query",
      times: 2,
    };
    const flags = ["--granularity", "PT30M", "--out", "-"];
    const whole = await (await exportStage()).run([...WORDS, ...flags]);
    const slow = await exportStage();
    await act(slow.sandbox, "fault.add", fault);
    const { exitCode, stdout, stderr } = await slow.run([...WORDS, ...flags]);
    expect([exitCode, pointsOf(stdout)]).toEqual([0, pointsOf(whole.stdout)]);
    expect(stderr).toContain("the service takes too long to respond, so it is fetched in 2 pieces");
    await act(slow.sandbox, "fault.add", fault);
    const undivided = await slow.run([...WORDS, "--out", "-"]);
    expect([undivided.exitCode, undivided.stderr.includes("pieces")]).toEqual([0, false]);
  });

  test("have the same rows in CSV as in NDJSON", async () => {
    const flags = ["--granularity", "PT30M", "--format", "csv", "--out", "-"];
    const whole = await (await exportStage()).run([...WORDS, ...flags]);
    const parts = await (await exportStage({}, { mostBuckets: 20 })).run([...WORDS, ...flags]);
    expect(parts.exitCode).toBe(0);
    expect(parts.stdout.split("\r\n").toSorted()).toEqual(whole.stdout.split("\r\n").toSorted());
  });
});
