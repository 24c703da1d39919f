import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRoster, LARGE_ROSTER } from "../../../../src/sandbox/state/roster.ts";
import { adherenceOf, MEAL_ID } from "../../../../src/sandbox/workforce/adherence-file.ts";
import { askDuckDb } from "../../../export/writers/duckdb.ts";
import { act, call, clientHolding, json } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { type ExportStage, exportStage, filesIn } from "../../../support/export-stage.ts";

const SEED = 11;
const SIZES = { ...LARGE_ROSTER, agents: 90 };
const DAYS = ["2026-10-02", "2026-10-03"];
const EXPORT = ["adherence", "--interval", "2026-10-02/2026-10-04", "--out", "work"];

/** Returns the expected records of all units on both days. */
function expectedRecords() {
  const roster = createRoster(SEED, SIZES);
  return DAYS.flatMap((day) => {
    const startMs = Date.parse(`${day}T00:00:00.000Z`);
    return roster.configured["management unit"].flatMap((_unit, unit) =>
      adherenceOf(roster, { unit, startMs, endMs: startMs + 86_400_000 }),
    );
  });
}

async function requestsTo({ sandbox }: ExportStage, part: string) {
  const { value } = await call(sandbox, "GET /sandbox/requests");
  const { requests } = value as {
    requests: { method: string; path: string; headers: Record<string, string>; status: number | null }[];
  };
  return requests.filter(({ path }) => path.includes(part));
}

describe("an export of adherence", () => {
  test.each(["csv", "parquet"] as const)(
    "covers every management unit and day, as DuckDB reads it in %s, and contains no download address",
    async (format) => {
      const stage = await exportStage({ seed: SEED, roster: SIZES }, { jobPolls: 1 });
      const { exitCode, stdout, stderr } = await stage.run([...EXPORT, "--format", format, "--verbose"]);
      expect(exitCode).toBe(0);
      const expected = expectedRecords();
      const sum = (field: "adherencePercentage" | "conformancePercentage") =>
        expected.reduce((total, record) => total + Number(record[field]), 0);
      const rowOf = async (table: string, columns: string) => {
        const files = join(stage.directory, `work/${table}/*.${format}`);
        const [row] = await askDuckDb(
          `select count(*)::int as rows, ${columns}, count(extra)::int as extra from '${files}'`,
        );
        return row;
      };
      expect(
        await rowOf(
          "adherence",
          `count(distinct (managementUnitId, startDate, userId))::int as ids,
           sum(adherencePercentage)::double as adherence, sum(conformancePercentage)::double as conformance,
           count(managementUnitName)::int as named`,
        ),
      ).toEqual({
        rows: expected.length,
        ids: expected.length,
        adherence: sum("adherencePercentage"),
        conformance: sum("conformancePercentage"),
        named: expected.length,
        extra: 0,
      });
      const exceptions = expected.flatMap(({ exceptionInfo }) => exceptionInfo as unknown[]).length;
      expect(
        await rowOf(
          "adherence_exceptions",
          `count(distinct (managementUnitId, startDate, userId, exceptionIdx))::int as ids,
           sum(epoch(endTime) - epoch(startTime))::int as seconds,
           count(*) filter (startTime::date = startDate::date)::int as onTheDay,
           count(*) filter (secondaryPresenceId = '${MEAL_ID}')::int as meals`,
        ),
      ).toEqual({
        rows: exceptions,
        ids: exceptions,
        seconds: exceptions * 300,
        onTheDay: exceptions,
        meals: exceptions,
        extra: 0,
      });
      expect(
        await rowOf(
          "adherence_days",
          "sum(exceptionCount)::int as exceptions, sum(exceptionDurationSeconds)::int as seconds, min(dayIdx)::int as idx",
        ),
      ).toEqual({ rows: expected.length, exceptions, seconds: exceptions * 300, idx: 0, extra: 0 });
      expect(
        await rowOf("adherence_actuals", "sum(epoch(endTime) - epoch(startTime))::int as seconds"),
      ).toEqual({ rows: expected.length, seconds: expected.length * 28_800, extra: 0 });
      expect(expected.length).toBe(180);
      expect(await filesIn(join(stage.directory, "work"))).toEqual(
        [
          ...["adherence", "adherence_actuals", "adherence_days", "adherence_exceptions"].flatMap((table) =>
            DAYS.map((day) => `${table}/${day}.${format}`),
          ),
          "manifest.json",
        ].toSorted(),
      );
      const downloads = await requestsTo(stage, "/media/");
      expect(downloads).toHaveLength(2 * 6 * 2);
      expect(downloads.map(({ headers }) => headers["authorization"])).toEqual(
        downloads.map(() => undefined),
      );
      expect(`${stdout}${stderr}`).not.toContain("X-Signature");
      expect((await stage.run(["--verify", "work"])).exitCode).toBe(0);
    },
  );

  test("requests new download addresses when the old ones have expired", async () => {
    const stage = await exportStage({ seed: SEED, roster: SIZES });
    await act(stage.sandbox, "fault.add", { kind: "status", status: 403, path: "/media/", times: 2 });
    const { exitCode, json: document } = await stage.run([...EXPORT, "--json"]);
    expect([exitCode, json(document).at("records")]).toEqual([0, 180]);
  });

  test("names each management unit that the API refuses, with the refusal", async () => {
    const stage = await exportStage({ seed: SEED, roster: SIZES });
    const { token } = await clientHolding(stage.sandbox, ["wfm:historicalAdherence:view"], "Sales");
    const env = credentialsFor({ ...stage.sandbox, accessToken: token });
    const { exitCode, json: document } = await stage.run([...EXPORT, "--format", "csv", "--json"], { env });
    expect([exitCode, json(document).at("isComplete")]).toEqual([3, false]);
    const { divisions, configured } = createRoster(SEED, SIZES);
    const sales = divisions.find(({ name }) => name === "Sales")?.id;
    const hidden = configured["management unit"].filter(({ divisionId }) => divisionId !== sales);
    const rows = await askDuckDb(
      `select managementUnitId as id, count(*)::int as rows from '${join(stage.directory, "work/adherence/*.csv")}'
       where downloadCode = 'missing.division.permission' group by 1 order by 1`,
    );
    expect(rows).toEqual(
      hidden.map(({ id }) => ({ id, rows: DAYS.length })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
    const resumed = await stage.run([...EXPORT, "--format", "csv", "--resume", "--json"]);
    expect([resumed.exitCode, json(resumed.json).at("records")]).toEqual([0, 180]);
  });

  test("that the token may not read at all is diagnosed", async () => {
    const stage = await exportStage({ seed: SEED, roster: SIZES });
    const { token } = await clientHolding(stage.sandbox, ["routing:queue:view"]);
    const env = credentialsFor({ ...stage.sandbox, accessToken: token });
    const { exitCode, json: document } = await stage.run([...EXPORT, "--json"], { env });
    expect(exitCode).toBe(3);
    expect(JSON.stringify(json(document).at("diagnosis"))).toContain("wfm:historicalAdherence:view");
  });

  test("needs an interval, and `--check` names its requests", async () => {
    const stage = await exportStage({ seed: SEED, roster: SIZES });
    expect((await stage.run(["adherence", "--out", "work"])).exitCode).toBe(2);
    const { json: document } = await stage.run([...EXPORT, "--check", "--json"]);
    expect(json(document).at("access.results")).toHaveLength(3);
  });
});
