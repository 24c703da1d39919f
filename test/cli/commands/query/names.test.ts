import { describe, expect, test } from "vitest";
import { asRecord } from "../../../../src/core/json.ts";
import { act, call, clientHolding, sandboxFor } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { findViolations, readSchemas } from "../../../support/json-schemas.ts";
import { runCli } from "../../../support/run-cli.ts";
import { stillClock } from "../../../support/still-clock.ts";

const NOW = Date.UTC(2026, 9, 20, 12);
const DETAILS = ["conversations", "details", "--interval", "2026-10-15", "--all"];
const READING = [
  "analytics:conversationDetail:view",
  "analytics:conversationAggregate:view",
  "routing:queue:view",
  "routing:wrapupCode:view",
  "routing:skill:view",
  "directory:user:view",
];

async function stage(permissions: readonly string[] = READING) {
  const clock = stillClock(NOW);
  const sandbox = await sandboxFor({ scenario: "healthy", conversations: 3_000, days: 8 }, clock);
  const { token } = await clientHolding(sandbox, permissions);
  const env = credentialsFor({ ...sandbox, accessToken: token });
  const run = async (...argv: string[]) => await runCli(argv, { env, ports: { clock } });
  return { sandbox, run, query: async (...argv: string[]) => await run("query", ...argv) };
}

/** Returns the id of the first entry with this name in a listing. */
async function idOf(query: (...argv: string[]) => Promise<{ stdout: string }>, path: string, name: string) {
  const { stdout } = await query("GET", path, "--all");
  const entries = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => asRecord(JSON.parse(line)));
  const found = entries.find((entry) => entry["name"] === name);
  if (found === undefined) throw new Error(`no ${name} at ${path}`);
  return String(found["id"]);
}

const errorOf = (json: unknown) => asRecord(asRecord(json)["error"]);

describe("a name in place of an id", () => {
  test.each([
    ["queueId", "/api/v2/routing/queues", "Support inbound", "support INBOUND"],
    ["userId", "/api/v2/users", "Agent 1", "agent 1"],
  ])("finds the same records for %s", async (dimension, path, name, typed) => {
    const { query } = await stage();
    const id = await idOf(query, path, name);
    const byId = await query(...DETAILS, "--filter", `${dimension}=${id}`);
    const byName = await query(...DETAILS, "--filter", `${dimension}=${typed}`);
    expect([byName.exitCode, byName.stderr]).toEqual([0, ""]);
    expect(byName.stdout).toBe(byId.stdout);
    expect(byName.stdout.length).toBeGreaterThan(1_000);
  });

  test("finds a user who is no longer active", async () => {
    const { query } = await stage();
    const { stdout } = await query("GET", "/api/v2/users?state=deleted");
    const former = asRecord(JSON.parse(stdout.split("\n")[0] ?? ""));
    const byId = await query(...DETAILS, "--filter", `userId=${String(former["id"])}`);
    const byName = await query(...DETAILS, "--filter", `userId=${String(former["name"])}`);
    expect([byName.exitCode, byName.stdout]).toEqual([0, byId.stdout]);
  });

  test("finds a team, whose listing has no page numbers", async () => {
    const { query } = await stage([...READING, "groups:team:view"]);
    const { exitCode, stderr } = await query(...DETAILS, "--filter", "teamId=team 1");
    expect([exitCode, stderr.replace("no results\n", "")]).toEqual([0, ""]);
  });

  test("can be one of several, mixed with ids", async () => {
    const { query } = await stage();
    const id = await idOf(query, "/api/v2/routing/queues", "Sales chat");
    const byName = await query(...DETAILS, "--filter", `queueId in Support inbound,${id}`);
    const both = await query(...DETAILS, "--filter", "queueId in Sales chat,Support inbound");
    expect(byName.exitCode).toBe(0);
    expect(byName.stdout.split("\n").toSorted()).toEqual(both.stdout.split("\n").toSorted());
  });

  test("finds a wrap-up code's id in the listing, and a platform code needs no listing", async () => {
    const { query, sandbox } = await stage();
    const { stdout } = await query("GET", "/api/v2/routing/wrapupcodes", "--limit", "1");
    const { id, name } = JSON.parse(stdout) as { id: string; name: string };
    const byName = await query(...DETAILS, "--filter", `wrapUpCode=${name}`);
    expect(byName.stdout).toBe((await query(...DETAILS, "--filter", `wrapUpCode=${id}`)).stdout);
    const sent = async () =>
      (await call(sandbox, "GET /sandbox/requests")).each("requests", "path").map(String);
    const before = (await sent()).length;
    const { exitCode } = await query(...DETAILS, "--filter", "wrapUpCode=ININ-WRAP-UP-TIMEOUT");
    const later = (await sent()).slice(before);
    expect([exitCode, later.filter((path) => path.includes("wrapupcodes"))]).toEqual([0, []]);
  });

  test("is found by the email address of a user", async () => {
    const { query } = await stage();
    const id = await idOf(query, "/api/v2/users", "Agent 1");
    const { stdout } = await query("GET", `/api/v2/users/${id}`, "--json");
    const email = String(asRecord((asRecord(JSON.parse(stdout))["records"] as unknown[])[0])["email"]);
    const byEmail = await query(...DETAILS, "--filter", `userId=${email}`);
    expect(byEmail.stdout).toBe((await query(...DETAILS, "--filter", `userId=${id}`)).stdout);
  });
});

describe("an ambiguous or unknown name", () => {
  test("ends with exit 2 and the most similar names when no queue has it", async () => {
    const { query } = await stage();
    const { exitCode, json } = await query(...DETAILS, "--filter", "queueId=Suport inbound", "--json");
    expect([exitCode, errorOf(json)]).toEqual([
      2,
      expect.objectContaining({
        code: "usage.unknown_name",
        message: "there are no queues named `Suport inbound` (`queueId`)",
        hint: expect.stringMatching(/^did you mean --filter 'queueId=Support inbound'/),
      }),
    ]);
  });

  test.each([
    ["queueId=Sales", "'queueId=Sales chat' or --filter 'queueId=Sales inbound'"],
    ["queueId=*sales*", "'queueId=Sales chat' or --filter 'queueId=Sales inbound'"],
    ["queueId=inbound", "'queueId=Sales inbound' or --filter 'queueId=Support inbound'"],
  ])("offers for %s the names that contain it", async (filter, offered) => {
    const { query } = await stage();
    const { exitCode, json } = await query(...DETAILS, "--filter", filter, "--json");
    expect([exitCode, errorOf(json)["hint"]]).toEqual([2, `did you mean --filter ${offered}?`]);
  });

  test("offers a name with an apostrophe in quotes that a shell accepts", async () => {
    const { query, sandbox } = await stage();
    const id = "11111111-1111-4111-8111-111111111111";
    await act(sandbox, "object.upsert", { id, name: "Jo's desk", type: "queue", division: "Sales" });
    const { json } = await query(...DETAILS, "--filter", "queueId=Jo's", "--json");
    expect(errorOf(json)["hint"]).toBe("did you mean --filter 'queueId=Jo'\\''s desk'?");
  });

  test.each([
    ["queueId", "Zz", "Zz overflow", "GET /api/v2/routing/queues?name=*Zz*&pageSize=100", 3],
    // One of these requests searches the users who have left.
    ["userId", "gent 201", "Agent 201", "POST /api/v2/users/search", 4],
  ])("searches a long listing for %s with few requests", async (dimension, typed, offered, search, count) => {
    const clock = stillClock(NOW);
    const sandbox = await sandboxFor({ conversations: 300, days: 8, roster: { queues: 120 } }, clock);
    const { token } = await clientHolding(sandbox, READING);
    const id = "11111111-1111-4111-8111-111111111111";
    await act(sandbox, "object.upsert", { id, name: "Zz overflow", type: "queue", division: "Sales" });
    const before = (await call(sandbox, "GET /sandbox/requests")).each("requests", "path").length;
    const { json } = await runCli(["query", ...DETAILS, "--filter", `${dimension}=${typed}`, "--json"], {
      env: credentialsFor({ ...sandbox, accessToken: token }),
      ports: { clock },
    });
    expect(errorOf(json)["hint"]).toContain(`'${dimension}=${offered}'`);
    const reply = await call(sandbox, "GET /sandbox/requests");
    const sent = reply
      .each("requests", "method")
      .map((method, index) => `${method} ${reply.at(`requests.${index}.path`)}`)
      .slice(before);
    expect([sent.length, sent.at(-1)]).toEqual([count, search]);
  });

  test("ends with exit 2 and the ids when several queues have it", async () => {
    const { query, sandbox } = await stage();
    const ids = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];
    for (const id of ids) {
      await act(sandbox, "object.upsert", { id, name: "Twins", type: "queue", division: "Sales" });
    }
    const { exitCode, json } = await query(...DETAILS, "--filter", "queueId=Twins", "--json");
    expect([exitCode, errorOf(json)["message"]]).toEqual([2, "2 queues are named `Twins` (`queueId`)"]);
    expect(errorOf(json)["hint"]).toBe(
      `pass the id: ${ids.map((id) => `--filter 'queueId=${id}'`).join(" or ")}`,
    );
  });
});

test("a name with exactly this spelling takes precedence over names in another case", async () => {
  const { query, sandbox } = await stage();
  const ids = {
    Twins: "11111111-1111-4111-8111-111111111111",
    TWINS: "22222222-2222-4222-8222-222222222222",
  };
  for (const [name, id] of Object.entries(ids)) {
    await act(sandbox, "object.upsert", { id, name, type: "queue", division: "Sales" });
  }
  const exact = await query(...DETAILS, "--filter", "queueId=TWINS");
  const loose = await query(...DETAILS, "--filter", "queueId=twins", "--json");
  expect([exact.exitCode, exact.stderr]).toEqual([0, "no results\n"]);
  expect([loose.exitCode, errorOf(loose.json)["message"]]).toEqual([
    2,
    "2 queues are named `twins` (`queueId`)",
  ]);
});

test("a refused lookup of a name leads to the missing permission, and an id needs no lookup", async () => {
  const { query } = await stage(["analytics:conversationDetail:view"]);
  const { exitCode, json, stderr } = await query(...DETAILS, "--filter", "queueId=Support inbound", "--json");
  expect([exitCode, errorOf(json)]).toEqual([
    3,
    expect.objectContaining({
      code: "api.forbidden",
      message: "this token is not allowed to look up the names of queues: that needs `routing:queue:view`",
      hint: "pass the id instead: --filter 'queueId=ID'",
    }),
  ]);
  expect(stderr).not.toContain("conversations/details");
  const byId = await query(...DETAILS, "--filter", "queueId=11111111-1111-4111-8111-111111111111");
  expect(byId.exitCode).toBe(0);
});

test("aggregates and exports accept names as well", async () => {
  const { query, run } = await stage();
  const id = await idOf(query, "/api/v2/routing/queues", "Support inbound");
  const day = ["conversations", "aggregates", "--interval", "2026-10-15", "--metric", "tHandle"];
  const byName = await query(...day, "--filter", "queueId=Support inbound");
  expect(byName.stdout).toBe((await query(...day, "--filter", `queueId=${id}`)).stdout);
  expect(byName.stdout).toContain("tHandle");
  const exported = await run("export", ...day, "--filter", "queueId=Support inbound", "--out", "-");
  // A query sorts the groups of a ranking; an export keeps the order in which the service returned them.
  expect(exported.stdout.split("\n").toSorted()).toEqual(byName.stdout.split("\n").toSorted());
});

describe("hints about an interval", () => {
  const SHORT = ["conversations", "details", "--interval", "2026-10-15/2026-10-15T23:59:59Z"];
  const HINT =
    "the end is exclusive, so `2026-10-15T23:59:59Z` leaves out the last second: to include the whole hour or day, end the interval with `2026-10-16T00:00Z`";

  test("are on stderr and in the JSON document, and do not stop the query", async () => {
    const { query } = await stage();
    const { exitCode, json, stderr } = await query(...SHORT, "--json");
    expect([exitCode, stderr.split("\n")[0]]).toEqual([0, HINT]);
    expect(asRecord(json)["notes"]).toEqual([HINT]);
  });

  test("are on stderr of an export", async () => {
    const { run } = await stage();
    const { stderr } = await run("export", ...SHORT, "--out", "-");
    expect(stderr.split("\n")).toContain(HINT);
  });
});

describe("`query --describe`", () => {
  test("lists dimensions, values and metrics as a document without a request", async () => {
    const { exitCode, json, stderr } = await runCli([
      "query",
      "conversations",
      "aggregates",
      "--describe",
      "--json",
    ]);
    const dimensions = asRecord(json)["dimensions"] as Record<string, unknown>[];
    const described = (name: string) => dimensions.find((each) => each["name"] === name);
    expect([exitCode, stderr, asRecord(json)["schema"]]).toEqual([0, "", "genscope/query-description/v1"]);
    expect(findViolations(readSchemas().get("query-description"), json)).toEqual([]);
    expect(described("queueId")).toEqual({ name: "queueId", field: "filter", values: null, names: "queues" });
    expect(described("direction")).toMatchObject({ values: ["inbound", "outbound"], names: null });
    expect(json).toMatchObject({
      metrics: expect.arrayContaining(["tHandle", "nOffered"]),
      groupings: expect.arrayContaining(["queueId"]),
    });
  });

  test("prints a table without --json", async () => {
    const { exitCode, stdout } = await runCli(["query", "conversations", "details", "--describe"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^conversations details: POST \/api\/v2\/analytics\/conversations\/details\/query\n/,
    );
    expect(stdout).toMatch(/queueId\s+ids or names of queues/);
    expect(stdout).toContain("Metrics in filters (--filter 'metric>n'): ");
  });

  test("refuses an operation by method and path", async () => {
    const { exitCode, stderr } = await runCli(["query", "GET", "/api/v2/routing/queues", "--describe"]);
    expect([exitCode, stderr]).toEqual([
      2,
      "error: `GET /api/v2/routing/queues` has no dimensions or metrics to describe\n\nhint: specify a query: genscope query conversations details --describe\n",
    ]);
  });
});

test.each([
  [
    "ani=+1 (317) 555-1803",
    "no results",
    "`ani` of a call begins with `tel:`: --filter 'ani=tel:+13175551803'\n",
  ],
  ["ani=someone@example.com", "no results", null],
])("a query gives a possible reason for the empty result of %s", async (filter, note, reason) => {
  const { query } = await stage();
  const { exitCode, stderr } = await query(...DETAILS, "--filter", filter);
  expect([exitCode, stderr]).toEqual([0, `${reason ?? ""}${note}\n`]);
});

test("a query reports that its interval is in the future before the empty result", async () => {
  const { query } = await stage();
  const { exitCode, stderr } = await query("conversations", "details", "--interval", "2026-11-05");
  expect([exitCode, stderr]).toEqual([
    0,
    "the interval `2026-11-05` is in the future, so there is no data yet\nno results\n",
  ]);
});
