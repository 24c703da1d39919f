import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasDays } from "../../../../src/analytics/datasets/dataset-access.ts";
import { allDatasets, findDataset } from "../../../../src/analytics/datasets/datasets.ts";
import { askDuckDb } from "../../../export/writers/duckdb.ts";
import { act, call, clientHolding, json, requestToken } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { type ExportStage, exportStage, linesOf } from "../../../support/export-stage.ts";

/** Datasets whose records from the sandbox contain only fields of the official model. */
const LISTED = allDatasets()
  .filter(({ access }) => !hasDays(access))
  .map(({ name }) => name);

test.each([
  ["roles", "Role"],
  ["oauth clients", "OAuth-clients"],
  ["schedule groups", "schedulegroup"],
  ["dnc lists", "DNC list"],
  ["conversations details", "conversations detail"],
] as const)("the dataset %s is also called %s", (name, typed) => {
  expect(findDataset(typed.split(" ")).name).toBe(name);
});

test.each(LISTED)(
  "exported %s fill the columns of their table and leave nothing for `extra`",
  async (name) => {
    const { run, directory } = await exportStage();
    expect((await run([...name.split(" "), "--out", "all.parquet"])).exitCode).toBe(0);
    const [row] = await askDuckDb(
      `select count(*)::int as rows, count(columns('^(id|roleId)$'))::int as ids, count(extra)::int as extra from '${join(directory, "all.parquet")}'`,
    );
    expect(row).toMatchObject({ extra: 0, ids: row?.["rows"] });
    expect(row?.["rows"]).toBeGreaterThan(0);
    expect((await run(["--verify", "all.parquet"])).exitCode).toBe(0);
  },
);

test.each([
  ["with cursors", "teams", "teams"],
  ["by number", "groups", "groups"],
  ["of at most 100", "contact lists", "contact_lists"],
] as const)("an export of a listing reads every page %s", async (_how, name, table) => {
  const { run, directory } = await exportStage({ roster: { teams: 230, configured: 230 } });
  expect((await run([...name.split(" "), "--out", "all"])).exitCode).toBe(0);
  const lines = linesOf(await readFile(join(directory, "all", table, "all.ndjson"), "utf8"));
  expect(new Set(lines.map((line) => json(JSON.parse(line)).text("id"))).size).toBe(230);
  expect(lines).toHaveLength(230);
});

test("an export omits campaigns of other divisions, as the manifest states", async () => {
  const { run, sandbox, directory } = await exportStage();
  const { token } = await clientHolding(sandbox, ["outbound:campaign:view"], "Sales");
  const env = credentialsFor({ ...sandbox, accessToken: token });
  const { exitCode } = await run(["campaigns", "--out", "sales"], { env });
  const manifest = json(JSON.parse(await readFile(join(directory, "sales/manifest.json"), "utf8")));
  const lines = linesOf(await readFile(join(directory, "sales/campaigns/all.ndjson"), "utf8"));
  const divisions = lines.map((line) => json(JSON.parse(line)).at("division.name"));
  expect([exitCode, new Set(divisions)]).toEqual([0, new Set(["Sales"])]);
  expect(manifest.each("narrowing", "summary")).toEqual([
    '`outbound:campaign:view` is held in 1 division: "Sales"; the platform silently omits objects of other divisions',
  ]);
});

test("an export of a listing that the API refuses is diagnosed", async () => {
  const { run, sandbox } = await exportStage();
  const { token } = await clientHolding(sandbox, ["outbound:campaign:view"]);
  const env = credentialsFor({ ...sandbox, accessToken: token });
  const result = await run(["contact", "lists", "--out", "lists", "--on-forbidden", "fail", "--json"], {
    env,
  });
  expect([result.exitCode, json(result.json).at("error.code")]).toEqual([3, expect.any(String)]);
  expect(result.stdout).toContain("outbound:contactList:view");
});

test("--check does not count a cursor listing of more than one page", async () => {
  const { run } = await exportStage({ roster: { teams: 230 } });
  const { json: document } = await run(["teams", "--out", "all", "--check", "--json"]);
  expect(json(document).at("records")).toBe(null);
});

test("exported roles have their permissions as JSON that DuckDB reads", async () => {
  const { run, directory } = await exportStage();
  expect((await run(["roles", "--out", "roles.parquet"])).exitCode).toBe(0);
  const rows = await askDuckDb(
    `select name, p->>'domain' as domain, p->>'entityName' as entity, p->'actionSet' as actions
     from (select name, unnest(cast(permissionPolicies as json[])) as p from '${join(directory, "roles.parquet")}')
     where name = 'Conversation Detail Reader'`,
  );
  expect(rows).toEqual([
    {
      name: "Conversation Detail Reader",
      domain: "analytics",
      entity: "conversationDetail",
      actions: '["view"]',
    },
  ]);
});

describe("exported OAuth clients", () => {
  /** Makes the service include secrets in the listing. Returns the ids and the secrets. */
  async function planted({ sandbox }: ExportStage) {
    await act(sandbox, "settings.patch", { settings: { listsClientSecrets: true } });
    const { id, secret } = sandbox.client;
    const token = (await requestToken(sandbox, id, secret)).text("access_token");
    const sent = await call(sandbox, "GET /api/v2/oauth/clients", { token });
    const secrets = sent.each("entities", "secret") as string[];
    expect(secrets).toContain(secret);
    return { ids: sent.each("entities", "id") as string[], secrets };
  }

  test.each([
    ["lines", "all", []],
    ["compressed lines", "all.ndjson.gz", []],
    ["CSV", "all.csv", []],
    ["Parquet without compression", "all.parquet", ["--compress", "none"]],
  ] as const)("have no secret in %s, even if the service sends it", async (_format, out, flags) => {
    const stage = await exportStage();
    const { ids, secrets } = await planted(stage);
    const result = await stage.run(["oauth", "clients", "--out", out, ...flags, "--json", "--verbose"]);
    expect([result.exitCode, json(result.json).at("records")]).toEqual([0, ids.length]);
    const entries = await readdir(stage.directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const texts = await Promise.all(
      files.map(async ({ parentPath, name }) => (await readFile(join(parentPath, name))).toString("latin1")),
    );
    const all = [...texts, result.stdout, result.stderr].join("\n");
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
    const path = join(stage.directory, out === "all" ? "all/oauth_clients/all.ndjson" : out);
    const rows = await askDuckDb(`select id from '${path}'`);
    expect(rows.map(({ id }) => id)).toEqual(ids);
    const columns = await askDuckDb(`describe select * from '${path}'`);
    expect(columns.map(({ column_name }) => column_name)).not.toContain("secret");
    expect((await stage.run(["--verify", out])).exitCode).toBe(0);
  });

  test("have no secret on standard output", async () => {
    const stage = await exportStage();
    const { ids, secrets } = await planted(stage);
    const { stdout } = await stage.run(["oauth", "clients", "--out", "-"]);
    expect(linesOf(stdout).map((line) => json(JSON.parse(line)).at("id"))).toEqual(ids);
    expect(secrets.filter((secret) => stdout.includes(secret))).toEqual([]);
  });
});
