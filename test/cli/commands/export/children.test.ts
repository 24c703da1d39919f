import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { contactsOf } from "../../../../src/sandbox/answers/contacts.ts";
import { membersOf } from "../../../../src/sandbox/state/memberships.ts";
import { createRoster, LARGE_ROSTER, type Roster } from "../../../../src/sandbox/state/roster.ts";
import { askDuckDb } from "../../../export/writers/duckdb.ts";
import { act, call, clientHolding, json, requestToken } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { type ExportStage, exportStage, linesOf } from "../../../support/export-stage.ts";

const SEED = 11;
const SIZES = { ...LARGE_ROSTER, agents: 1_100, queues: 9, teams: 9, configured: 9 };

/** Returns the pairs of object and member that an export must contain. */
function pairsOf(roster: Roster, objects: readonly { readonly id: string }[]): readonly string[] {
  return objects.flatMap(({ id }) => membersOf(roster, id).map((member) => `${id} ${member.id}`)).toSorted();
}

async function largeStage(): Promise<{ readonly stage: ExportStage; readonly roster: Roster }> {
  const stage = await exportStage({ seed: SEED, roster: SIZES });
  return { stage, roster: createRoster(SEED, SIZES) };
}

test.each([
  ["queue members", "queue_members", "queueId", (roster: Roster) => roster.queues],
  ["group members", "group_members", "groupId", (roster: Roster) => roster.configured.group],
  ["team members", "team_members", "teamId", (roster: Roster) => roster.teams],
  ["skill group members", "skill_group_members", "skillGroupId", (roster: Roster) => roster.skillGroups],
] as const)(
  "an export of %s covers every parent object, as DuckDB reads it",
  async (name, table, column, objectsOf) => {
    const { stage, roster } = await largeStage();
    const { run, directory } = stage;
    expect((await run([...name.split(" "), "--out", "all", "--format", "parquet"])).exitCode).toBe(0);
    const rows = await askDuckDb(
      `select ${column} || ' ' || id as pair, name from '${join(directory, "all", table, "*.parquet")}' order by pair`,
    );
    const pairs = pairsOf(roster, objectsOf(roster));
    expect(pairs.length).toBeGreaterThan(500);
    expect(rows.map(({ pair }) => pair)).toEqual(pairs);
    expect((await run(["--verify", "all"])).exitCode).toBe(0);
  },
);

describe("exported queue members", () => {
  test("are complete and appear once each when pages shift", async () => {
    const { stage, roster } = await largeStage();
    await act(stage.sandbox, "settings.patch", {
      settings: { pageDrift: { listings: 2, jobs: 0, query: 0 } },
    });
    expect((await stage.run(["queue", "members", "--out", "all.ndjson"])).exitCode).toBe(0);
    const lines = linesOf(await readFile(join(stage.directory, "all.ndjson"), "utf8"));
    const pairs = lines
      .map((line) => json(JSON.parse(line)))
      .map((each) => `${each.at("queueId")} ${each.at("id")}`);
    expect(pairs.toSorted()).toEqual(pairsOf(roster, roster.queues));
  });

  test("are those of the queues in permitted divisions", async () => {
    const { stage, roster } = await largeStage();
    const { run, sandbox, directory } = stage;
    const { token } = await clientHolding(sandbox, ["routing:queue:view"], "Sales");
    const env = credentialsFor({ ...sandbox, accessToken: token });
    expect((await run(["queue", "members", "--out", "sales"], { env })).exitCode).toBe(0);
    const manifest = json(JSON.parse(await readFile(join(directory, "sales/manifest.json"), "utf8")));
    const lines = linesOf(await readFile(join(directory, "sales/queue_members/all.ndjson"), "utf8"));
    const names = new Set(lines.map((line) => json(JSON.parse(line)).text("queueName")));
    const sales = roster.divisions.find(({ name }) => name === "Sales");
    const queues = roster.queues.filter(({ divisionId }) => divisionId === sales?.id);
    const expected = queues.filter(({ id }) => membersOf(roster, id).length > 0).map(({ name }) => name);
    expect([...names].toSorted()).toEqual(expected.toSorted());
    expect(expected.length).toBeGreaterThan(0);
    expect(manifest.each("narrowing", "summary")).toHaveLength(1);
  });

  test("are omitted when their queue was deleted, but the export fails when no queue at all is found", async () => {
    const { stage } = await largeStage();
    const fault = { method: "GET", path: "/api/v2/routing/queues/", pathEnd: "/members", status: 404 };
    await act(stage.sandbox, "fault.add", { ...fault, times: 1 });
    expect((await stage.run(["queue", "members", "--out", "all.ndjson"])).exitCode).toBe(0);
    await act(stage.sandbox, "fault.add", { ...fault, times: 1_000 });
    const { exitCode } = await stage.run(["queue", "members", "--out", "none.ndjson"]);
    expect(exitCode).not.toBe(0);
  });

  test("--check tests both operations", async () => {
    const { run, sandbox } = await exportStage();
    const { token } = await clientHolding(sandbox, ["routing:queue:view"]);
    const env = credentialsFor({ ...sandbox, accessToken: token });
    const { json: document } = await run(["queue", "members", "--out", "all", "--check", "--json"], { env });
    expect(json(document).at("access.results")).toHaveLength(2);
  });
});

test("exported grants cover every role, with the holder's kind and each division", async () => {
  const { run, sandbox, directory } = await exportStage();
  const { id } = await clientHolding(sandbox, ["routing:queue:view", "quality:evaluation:view"], "Sales");
  expect((await run(["grants", "--out", "grants.csv"])).exitCode).toBe(0);
  const rows = await askDuckDb(
    `select subjectName, subjectType, divisionName from '${join(directory, "grants.csv")}' where subjectId = '${id}'`,
  );
  expect(rows).toEqual([
    { subjectName: expect.any(String), subjectType: "PC_OAUTH_CLIENT", divisionName: "Sales" },
  ]);
  const [all] = await askDuckDb(
    `select count(*)::int as grants, count(distinct roleId)::int as roles from '${join(directory, "grants.csv")}'`,
  );
  const token = (await requestToken(sandbox, sandbox.client.id, sandbox.client.secret)).text("access_token");
  const subjects = await Promise.all(
    [...new Set(await subjectsOf(directory))].map(
      async (subject) => await call(sandbox, `GET /api/v2/authorization/subjects/${subject}`, { token }),
    ),
  );
  const held = subjects.flatMap((subject) => subject.each("grants", "role"));
  expect(all?.["grants"]).toBe(held.length);
  expect(held.length).toBeGreaterThan(3);
});

async function subjectsOf(directory: string): Promise<readonly string[]> {
  const rows = await askDuckDb(`select subjectId from '${join(directory, "grants.csv")}'`);
  return rows.map(({ subjectId }) => String(subjectId));
}

test("exported role permissions have one row per permission", async () => {
  const { run, directory } = await exportStage();
  expect((await run(["role", "permissions", "--out", "all.parquet"])).exitCode).toBe(0);
  const rows = await askDuckDb(
    `select permission, domain, entity, action from '${join(directory, "all.parquet")}' where roleName = 'Agent' order by 1`,
  );
  expect(rows).toEqual([
    {
      permission: "conversation:communication:view",
      domain: "conversation",
      entity: "communication",
      action: "view",
    },
    { permission: "directory:user:view", domain: "directory", entity: "user", action: "view" },
  ]);
});

test("an export of external contacts reads pages by cursors", async () => {
  const { run, directory } = await exportStage({ roster: { contacts: 930 } });
  expect((await run(["external", "contacts", "--out", "contacts.parquet"])).exitCode).toBe(0);
  const [row] = await askDuckDb(
    `select count(distinct id)::int as ids, count(*)::int as rows from '${join(directory, "contacts.parquet")}'`,
  );
  expect(row).toEqual({ ids: 930, rows: 930 });
});

describe("exported contacts", () => {
  const contactsOfAll = (roster: Roster) =>
    roster.configured["contact list"].flatMap(({ id }) => contactsOf(roster, id));

  test.each(["csv", "parquet"] as const)(
    "are those of every list, as DuckDB reads them in %s",
    async (format) => {
      const { stage, roster } = await largeStage();
      const { run, directory } = stage;
      expect((await run(["contacts", "--out", "all", "--format", format])).exitCode).toBe(0);
      const [row] = await askDuckDb(
        `select count(*)::int as rows, count(distinct contactListId || id)::int as ids,
       count(*) filter (callable)::int as callable, count(distinct contactListName)::int as lists,
       count(*) filter (json_extract_string(data, '$.Name') like 'Müller, "%"')::int as names,
       count(extra)::int as extra from '${join(directory, `all/contacts/*.${format}`)}'`,
      );
      const expected = contactsOfAll(roster);
      expect(expected.length).toBeGreaterThan(1_000);
      expect(row).toEqual({
        rows: expected.length,
        ids: expected.length,
        callable: expected.filter(({ callable }) => callable === true).length,
        lists: new Set(expected.map(({ contactListId }) => contactListId)).size,
        names: expected.length,
        extra: 0,
      });
      expect((await run(["--verify", "all"])).exitCode).toBe(0);
    },
  );

  test("are complete and appear once each when lists shift while they are read", async () => {
    const { stage, roster } = await largeStage();
    await act(stage.sandbox, "settings.patch", {
      settings: { pageDrift: { listings: 2, jobs: 0, query: 0 } },
    });
    expect((await stage.run(["contacts", "--out", "all.ndjson"])).exitCode).toBe(0);
    const lines = linesOf(await readFile(join(stage.directory, "all.ndjson"), "utf8"));
    const ids = lines.map((line) => json(JSON.parse(line)).text("id"));
    expect(ids.toSorted()).toEqual(
      contactsOfAll(roster)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  test("are diagnosed as refused when the token may read only the lists", async () => {
    const { stage } = await largeStage();
    const { token } = await clientHolding(stage.sandbox, ["outbound:contactList:view"]);
    const env = credentialsFor({ ...stage.sandbox, accessToken: token });
    const { exitCode, json: document } = await stage.run(["contacts", "--out", "all", "--json"], { env });
    expect(exitCode).toBe(3);
    expect(JSON.stringify(json(document).at("diagnosis"))).toContain("outbound:contact:view");
  });
});
