import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { askDuckDb } from "../../../export/writers/duckdb.ts";
import { act, call, clientHolding, json } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { type ExportStage, exportStage } from "../../../support/export-stage.ts";

/** Returns a stage at noon of 5 October, with requests on the ten days before. */
async function usageStage(): Promise<ExportStage> {
  const stage = await exportStage();
  await act(stage.sandbox, "client.upsert", { name: "Busy client" });
  for (const [operation, status, count] of [
    ["GET /api/v2/routing/queues", 200, 7],
    ["GET /api/v2/users/{userId}", 404, 3],
    ["POST /api/v2/analytics/conversations/details/query", 429, 2],
  ] as const) {
    for (const client of ["Busy client", "Reporting service"]) {
      await act(stage.sandbox, "usage.record", { client, operation, status, count, days: 10 });
    }
  }
  return stage;
}

/** Returns the sums that the sandbox counted between two days, both inclusive. */
async function truthOf({ sandbox }: ExportStage, first: string, last: string) {
  const { value } = await call(sandbox, "GET /sandbox/truth/usage");
  const counts = (value as { counts: Record<string, number | string>[] }).counts.filter(
    ({ day }) => String(day) >= first && String(day) <= last,
  );
  const sum = (name: string) => counts.reduce((total, count) => total + Number(count[name] ?? 0), 0);
  return {
    rows: counts.length,
    ok: sum("status200"),
    refused: sum("status400"),
    throttled: sum("status429"),
  };
}

const SUMS = `count(*)::int as rows, sum(status200)::int as ok, sum(status400)::int as refused, sum(status429)::int as throttled`;

describe("exported API usage", () => {
  test("is summed per day, client, operation and status, as DuckDB reads it", async () => {
    const stage = await usageStage();
    const { exitCode } = await stage.run([
      "usage",
      "--interval",
      "2026-09-28/2026-10-04",
      "--out",
      "u",
      "--format",
      "parquet",
    ]);
    expect(exitCode).toBe(0);
    const files = `'${join(stage.directory, "u/usage/*.parquet")}'`;
    const [sums] = await askDuckDb(`select ${SUMS} from ${files}`);
    const truth = await truthOf(stage, "2026-09-28", "2026-10-03");
    expect(truth.rows).toBe(36);
    expect(sums).toEqual(truth);
    const rows = await askDuckDb(
      `select date, oauthClientName, status400::int as refused from ${files}
       where templateUri = '/api/v2/users/{userId}' and oauthClientName = 'Busy client' order by 1 limit 2`,
    );
    expect(rows).toEqual([
      { date: "2026-09-28", oauthClientName: "Busy client", refused: 3 },
      { date: "2026-09-29", oauthClientName: "Busy client", refused: 3 },
    ]);
    expect((await stage.run(["--verify", "u"])).exitCode).toBe(0);
  });

  test("of a day that ended less than a day ago is missing, as the manifest states", async () => {
    const stage = await usageStage();
    const words = ["usage", "--interval", "2026-10-02/2026-10-05", "--out", "u", "--json"];
    const { exitCode, json: document } = await stage.run(words);
    expect([exitCode, json(document).each("gaps", "interval")]).toEqual([
      8,
      ["2026-10-04T00:00:00.000Z/2026-10-05T00:00:00.000Z"],
    ]);
    const truth = await truthOf(stage, "2026-10-02", "2026-10-03");
    expect(json(document).at("records")).toBe(truth.rows);
    stage.clock.moveTo("2026-10-06T00:00:00.000Z");
    const later = await stage.run([...words, "--resume"]);
    const all = await truthOf(stage, "2026-10-02", "2026-10-04");
    expect([later.exitCode, json(later.json).at("records")]).toEqual([0, all.rows]);
  });

  test("covers whole UTC days, whatever the times in the interval", async () => {
    const stage = await usageStage();
    const interval = "2026-10-01T10:00:00Z/2026-10-02T11:00:00Z";
    const { exitCode, json: document } = await stage.run([
      "usage",
      "--interval",
      interval,
      "--out",
      "u",
      "--json",
    ]);
    const truth = await truthOf(stage, "2026-10-01", "2026-10-02");
    expect([exitCode, json(document).at("records")]).toEqual([0, truth.rows]);
  });

  test("comes from several pages, after the query has finished", async () => {
    const stage = await exportStage();
    await act(stage.sandbox, "settings.patch", { settings: { jobPolls: 2 } });
    for (let number = 0; number < 60; number += 1) {
      const operation = `GET /api/v2/example/${number}`;
      await act(stage.sandbox, "usage.record", { client: "Reporting service", operation, daysAgo: 3 });
    }
    await act(stage.sandbox, "fault.add", {
      path: "/api/v2/usage/",
      method: "GET",
      after: 3,
      status: 504,
      times: 3,
    });
    const { exitCode, json: document } = await stage.run([
      "usage",
      "--interval",
      "2026-10-02",
      "--out",
      "u",
      "--json",
    ]);
    expect([exitCode, json(document).at("records")]).toEqual([0, 60]);
  });

  test("needs a permission of its own", async () => {
    const { run, sandbox } = await usageStage();
    const { token } = await clientHolding(sandbox, ["oauth:client:view"]);
    const env = credentialsFor({ ...sandbox, accessToken: token });
    const result = await run(["usage", "--interval", "2026-10-02", "--out", "u", "--json"], { env });
    expect([result.exitCode, result.stdout.includes("usage:organization:view")]).toEqual([3, true]);
  });
});
