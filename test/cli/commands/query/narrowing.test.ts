import { describe, expect, test } from "vitest";
import { act, call, clientHolding, sandboxFor } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { json as answerJson, serve } from "../../../support/loopback-server.ts";
import { runCli } from "../../../support/run-cli.ts";
import { stillClock } from "../../../support/still-clock.ts";

const NOW = Date.UTC(2026, 9, 20, 12);
const QUEUES = ["GET", "/api/v2/routing/queues"];
const BERLIN = ["conversations", "details", "--interval", "2026-10-15", "--time-zone", "Europe/Berlin"];

/**
 * Starts a sandbox with a client that holds permissions in one division. Returns the sandbox, and a function that
 * queries it as this client.
 */
async function stage(permissions: readonly string[], division: string) {
  const clock = stillClock(NOW);
  const sandbox = await sandboxFor({ scenario: "healthy", conversations: 2_000, days: 8 }, clock);
  const { id, token } = await clientHolding(sandbox, permissions, division);
  const env = credentialsFor({ ...sandbox, accessToken: token });
  const query = async (...argv: string[]) => await runCli(["query", ...argv], { env, ports: { clock } });
  return { sandbox, query, id };
}

describe("the division to which a permission limits a query", () => {
  const SUMMARY =
    '`routing:queue:view` is held in 1 division: "Sales"; the platform silently omits objects of other divisions';

  test("is reported on stderr next to the records in a pipe", async () => {
    const { query } = await stage(["routing:queue:view"], "Sales");
    const { exitCode, stdout, stderr } = await query(...QUEUES);
    expect([exitCode, stderr]).toEqual([0, `${SUMMARY}\n`]);
    expect(stdout).not.toContain("divisionspermitted");
  });

  test("is in the JSON document, with the division's id", async () => {
    const { query, sandbox } = await stage(["routing:queue:view"], "Sales");
    const { json } = await query(...QUEUES, "--json");
    const admin = (await clientHolding(sandbox, [])).token;
    const listed = await call(sandbox, "GET /api/v2/authorization/divisions?pageSize=100", { token: admin });
    const sales = listed.each("entities", "name").indexOf("Sales");
    expect(json).toMatchObject({
      narrowing: [{ kind: "divisions", summary: SUMMARY }],
      notes: [SUMMARY],
      divisions: [{ id: listed.at(`entities.${sales}.id`), name: "Sales" }],
    });
  });

  test("is reported for every named query, such as aggregates", async () => {
    const { query } = await stage(["analytics:conversationAggregate:view"], "Sales");
    const { stderr } = await query(
      "conversations",
      "aggregates",
      "--interval",
      "2026-10-15",
      "--metric",
      "tHandle",
    );
    expect(stderr).toContain("`analytics:conversationAggregate:view` is held in 1 division");
  });

  test("is not mentioned for a single object", async () => {
    const { query } = await stage(["routing:queue:view", "directory:user:view"], "Sales");
    const { stdout } = await query(...QUEUES, "--limit", "1");
    const { id } = JSON.parse(stdout) as { id: string };
    const { json, stderr } = await query("GET", `/api/v2/routing/queues/${id}`, "--json");
    expect([stderr, json]).toEqual(["", expect.objectContaining({ narrowing: [], divisions: null })]);
  });
});

test("a query reports no limiting division when the permission is held everywhere", async () => {
  const { query } = await stage(["routing:queue:view"], "*");
  const { json, stderr } = await query(...QUEUES, "--json");
  expect([stderr, json]).toEqual(["", expect.objectContaining({ narrowing: [], divisions: "*" })]);
});

test("a query with alternative permissions reports the divisions of all of them", async () => {
  const { query, sandbox, id } = await stage(["analytics:conversationDetail:view"], "Sales");
  const role = await act(sandbox, "role.upsert", {
    name: "Agents' conversations",
    permissions: ["analytics:agentConversationDetail:view"],
  });
  await act(sandbox, "role.grant", { subject: id, role: role.at("id"), division: "Support" });
  const { json } = await query("conversations", "details", "--interval", "2026-10-15", "--json");
  expect(json).toMatchObject({ divisions: [{ name: "Sales" }, { name: "Support" }] });
});

test.each([
  ["a refusal", "settings.patch", { settings: { divisionsPermittedForClients: false } }],
  ["a fault", "fault.add", { kind: "status", status: 503, path: "/api/v2/authorization", times: 9 }],
])("a query succeeds with unknown divisions after %s of their lookup", async (_name, action, fields) => {
  const { query, sandbox } = await stage(["routing:queue:view"], "Sales");
  await act(sandbox, action, fields);
  const { exitCode, json, stderr } = await query(...QUEUES, "--json");
  expect([exitCode, stderr, json]).toEqual([
    0,
    "",
    expect.objectContaining({ narrowing: [], divisions: null, isComplete: true }),
  ]);
});

test("a lookup of divisions that gets no response delays the query by less than the time limit of a request", async () => {
  const server = await serve(({ path }, response) => {
    if (!path.includes("/divisionspermitted/")) answerJson(response, 200, { entities: [], total: 0 });
  });
  const startMs = performance.now();
  const { exitCode, stderr } = await runCli(["query", ...QUEUES], {
    env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "some-token" },
  });
  expect([exitCode, stderr]).toEqual([0, "no results\n"]);
  expect(performance.now() - startMs).toBeLessThan(30_000);
});

describe("a start page given with --all", () => {
  test.each([
    [["GET", "/api/v2/routing/wrapupcodes?pageSize=5&pageNumber=2"], "pageNumber=2"],
    [["GET", "/api/v2/scim/v2/users?startIndex=3&count=2"], "startIndex=3"],
    [["GET", "/api/v2/routing/wrapupcodes?pageSize=5&pageNumber=1&pageNumber=2"], "pageNumber=2"],
  ])("is reported for %j, and the result is not called complete", async (words, start) => {
    const { query } = await stage(["routing:wrapupCode:view", "directory:user:view", "SCIM:users:view"], "*");
    const { exitCode, json, stderr } = await query(...words, "--all", "--json");
    const summary = `reading started at \`${start}\`: earlier pages are omitted`;
    expect([exitCode, stderr]).toEqual([0, `${summary}\n`]);
    expect(json).toMatchObject({ isComplete: false, narrowing: [{ kind: "start-page", summary }] });
  });

  test("is also reported when it comes from --body", async () => {
    const clock = stillClock(NOW);
    const sandbox = await sandboxFor({ scenario: "healthy", conversations: 2_000, days: 8 }, clock);
    const { token } = await clientHolding(sandbox, ["analytics:conversationDetail:view"]);
    const { stderr } = await runCli(["query", "conversations", "details", "--all", "--body", "-"], {
      env: credentialsFor({ ...sandbox, accessToken: token }),
      ports: { clock },
      input: JSON.stringify({
        interval: "2026-10-15T00:00:00Z/2026-10-16T00:00:00Z",
        paging: { pageSize: 50, pageNumber: 3 },
      }),
    });
    expect(stderr).toBe("reading started at `pageNumber=3`: earlier pages are omitted\n");
  });

  test("is not reported for the first page", async () => {
    const { query } = await stage(["routing:queue:view"], "*");
    const { json } = await query("GET", "/api/v2/routing/queues?pageNumber=1", "--all", "--json");
    expect(json).toMatchObject({ isComplete: true, narrowing: [] });
  });
});

describe("queried conversations of a local day", () => {
  test("that began before that day are counted", async () => {
    const { query } = await stage(["analytics:conversationDetail:view"], "*");
    const { stdout, stderr } = await query(...BERLIN, "--all");
    const earlier = stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => (JSON.parse(line) as { conversationStart: string }).conversationStart)
      .filter((start) => start < "2026-10-14T22:00:00.000Z");
    expect(earlier.length).toBeGreaterThan(1);
    expect(stderr).toBe(
      `${earlier.length} conversations that began before 2026-10-14T22:00:00.000Z are included, because the platform finds conversations by the UTC day on which they began; \`export\` leaves them out\n`,
    );
  });

  test("are all inside a UTC day", async () => {
    const { query } = await stage(["analytics:conversationDetail:view"], "*");
    const { json } = await query("conversations", "details", "--interval", "2026-10-15", "--all", "--json");
    expect(json).toMatchObject({ narrowing: [], isComplete: true });
  });
});
