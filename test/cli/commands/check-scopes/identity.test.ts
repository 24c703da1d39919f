import { describe, expect, test } from "vitest";
import { json } from "../../../sandbox/client.ts";
import { type ClientsWorld, clientsWorld } from "../../../support/clients-world.ts";
import { type RunResult, runCli } from "../../../support/run-cli.ts";

const QUEUES = "GET /api/v2/routing/queues";
const ADMINISTRATOR = [
  "authorization:grant:view",
  "authorization:policy:view",
  "authorization:role:view",
  "oauth:client:view",
  "oauth:client:authorize",
  "directory:user:view",
];

/** Starts the scenario `clients` with a login that holds these permissions. */
async function worldOf(permissions: readonly string[] = ADMINISTRATOR, settings: object = {}) {
  const world = await clientsWorld(settings);
  world.act("role.upsert", { name: "Access auditor", permissions });
  return { ...world, check: checkIn(world) };
}

function checkIn({ env }: ClientsWorld): (...words: readonly string[]) => Promise<RunResult> {
  return async (...words) => await runCli(["check-scopes", ...words, "--json"], { env });
}

const verdictOf = (result: RunResult) => [
  json(result.json).at("results.0.verdict"),
  json(result.json).at("results.0.layer"),
];
const evidenceOf = (result: RunResult) => json(result.json).each("results.0.evidence", "summary").join("\n");

describe("an OAuth client chosen with --client", () => {
  test("is checked by its roles, without its secret", async () => {
    const { check } = await worldOf();
    const result = await check("--client", "nightly queue sync", QUEUES);
    expect([result.exitCode, ...verdictOf(result)]).toEqual([0, "allowed", "none"]);
    expect(json(result.json).at("principal.isJudgedWithoutToken")).toBe(true);
    expect(json(result.json).text("principal.description")).toMatch(
      /^OAuth client "Nightly queue sync" .*, evaluated without its token$/,
    );
    expect(evidenceOf(result)).toContain('`routing:queue:view` is held by role "Queue sync"');
    expect(result.stderr).toContain(
      "this identity is evaluated without its own token, so no IP address is checked",
    );
  });

  test("is denied a permission that its roles lack, and the fix names it", async () => {
    const { check } = await worldOf();
    const result = await check("--client", "Nightly queue sync", "--permission", "routing:queue:edit");
    expect([result.exitCode, ...verdictOf(result)]).toEqual([3, "denied", "permission"]);
    expect(evidenceOf(result)).toContain('no role of OAuth client "Nightly queue sync" holds');
    expect(json(result.json).each("results.0.remedies", "summary").join("\n")).toContain(
      'assign it to OAuth client "Nightly queue sync"',
    );
  });

  test("is allowed in the division of its role, and conditional when no division is given", async () => {
    const { check } = await worldOf();
    const one = await check("--client", "Sales provisioning", "--division", "Sales", QUEUES);
    expect(verdictOf(one)).toEqual(["allowed", "none"]);
    const all = await check("--client", "Sales provisioning", QUEUES);
    expect([all.exitCode, ...verdictOf(all)]).toEqual([5, "conditional", "division"]);
  });

  test("is unknown while it is inactive, and denied when it is disabled", async () => {
    const { act, check } = await worldOf();
    act("client.update", { client: "Nightly queue sync", state: "inactive" });
    expect(verdictOf(await check("--client", "Nightly queue sync", QUEUES))).toEqual(["unknown", "token"]);
    act("client.update", { client: "Nightly queue sync", state: "disabled" });
    expect(verdictOf(await check("--client", "Nightly queue sync", QUEUES))).toEqual(["denied", "token"]);
  });

  test("is unknown when users log in through it, because access depends on the roles of each user", async () => {
    const { check } = await worldOf();
    const result = await check("--client", "Old agent dashboard", QUEUES);
    expect([result.exitCode, ...verdictOf(result)]).toEqual([5, "unknown", "permission"]);
    expect(evidenceOf(result)).toContain("the client acts for users, and each user's roles determine access");
  });

  test("is never allowed when the login may not read it, and the result names the permission to read it", async () => {
    const { check } = await worldOf([]);
    const byName = await check("--client", "Nightly queue sync", QUEUES);
    expect([byName.exitCode, json(byName.json).at("results.0.verdict")]).toEqual([5, "unknown"]);
    expect(evidenceOf(byName)).toContain("`oauth:client:view` allows reading it");
    const { check: withClients } = await worldOf(["oauth:client:view"]);
    const listed = await withClients("--client", "Nightly queue sync", QUEUES);
    // The service answers questions about single permissions, but does not report the conditions of roles.
    expect(verdictOf(listed)).toEqual(["conditional", "condition"]);
  });
});

describe("a user chosen with --user", () => {
  test("has scopes that depend on the OAuth client", async () => {
    const { check } = await worldOf();
    const result = await check("--user", "Reporting analyst", QUEUES);
    expect([result.exitCode, ...verdictOf(result)]).toEqual([5, "unknown", "scope"]);
    expect(evidenceOf(result)).toContain("specify it with --client");
    const denied = await check("--user", "Reporting analyst", "POST /api/v2/routing/queues");
    expect([denied.exitCode, ...verdictOf(denied)]).toEqual([3, "denied", "permission"]);
  });

  test("is checked by roles alone for a bare permission", async () => {
    const { check } = await worldOf();
    const result = await check("--user", "Reporting analyst", "--permission", "routing:queue:view");
    expect([result.exitCode, ...verdictOf(result)]).toEqual([0, "allowed", "none"]);
  });

  test("has the scopes of the OAuth client that --client adds", async () => {
    const { check } = await worldOf();
    const at = async (operation: string) =>
      await check("--user", "reporting.analyst@example.com", "--client", "Agent workbench", operation);
    expect(verdictOf(await at(QUEUES))).toEqual(["allowed", "none"]);
    // The user holds the permission. Only a user's token shows whether the missing scope matters.
    expect(verdictOf(await at("GET /api/v2/oauth/scopes"))).toEqual(["unknown", "scope"]);
  });

  test("is unknown with an OAuth client that no administrator approved", async () => {
    const { act, check } = await worldOf();
    act("client.update", { client: "Agent workbench", isApproved: false });
    const result = await check("--user", "Reporting analyst", "--client", "Agent workbench", QUEUES);
    expect(verdictOf(result)).toEqual(["unknown", "scope"]);
    expect(evidenceOf(result)).toContain('no administrator approved OAuth client "Agent workbench"');
  });

  test("is unknown when named and the search is refused, but is checked when given by id", async () => {
    const { check, sandbox } = await worldOf(["authorization:grant:view", "authorization:policy:view"]);
    const byName = await check("--user", "Reporting analyst", "--permission", "routing:queue:view");
    expect([byName.exitCode, ...verdictOf(byName)]).toEqual([5, "unknown", "token"]);
    expect(evidenceOf(byName)).toContain("`directory:user:view` allows reading it");
    const { id } = sandbox.act({ action: "user.upsert", name: "Second analyst" }) as { id: string };
    const byId = await check("--user", id, "--permission", "routing:queue:view");
    expect(verdictOf(byId)).toEqual(["denied", "permission"]);
  });
});

test.each([
  [["--user", "Nobody", QUEUES], "usage.unknown_user", "there is no user `Nobody`"],
  [["--user", "00000000-0000-4000-8000-000000000000", QUEUES], "usage.unknown_user", "there is no user"],
  [["--client", "Nightly", QUEUES], "usage.unknown_client", "there is no OAuth client `Nightly`"],
  [
    ["--user", "Agent 1", "--client", "Nightly queue sync", QUEUES],
    "usage.arguments",
    "no user can log in through OAuth client `Nightly queue sync`: its grant is client-credentials",
  ],
  [["--client", "x", "--live", QUEUES], "usage.arguments", "`--client` and `--live` cannot be combined"],
  [["--user", "x", "--diff", "dev", QUEUES], "usage.arguments", "`--user` and `--diff` cannot be combined"],
  [
    ["--client", "x", "--offline", QUEUES],
    "usage.arguments",
    "`--client` and `--offline` cannot be combined",
  ],
  [["--user", "x", "--emit", "role", QUEUES], "usage.arguments", "`--user` and `--emit` cannot be combined"],
])("refuses %j with exit code 2", async (words, code, message) => {
  const { check } = await worldOf();
  const result = await check(...words);
  expect([result.exitCode, json(result.json).at("error.code")]).toEqual([2, code]);
  expect(json(result.json).text("error.message")).toContain(message);
});

test("reports a refused login as denied at the layer `token`, with exit code 4", async () => {
  const { sandbox, env, act } = await clientsWorld();
  const { access_token } = act("token.mint", { client: sandbox.client.id }) as { access_token: string };
  act("token.revoke", { token: access_token });
  const own = { GENESYSCLOUD_REGION: env["GENESYSCLOUD_REGION"], GENESYSCLOUD_ACCESS_TOKEN: access_token };
  const result = await runCli(["check-scopes", "--client", "Nightly queue sync", QUEUES, "--json"], {
    env: own,
  });
  expect(result.exitCode).toBe(4);
});

test("--request asks for the smallest change to the other identity", async () => {
  const { env } = await worldOf();
  const result = await runCli(
    ["check-scopes", "--client", "Nightly queue sync", "--request", "POST /api/v2/routing/queues"],
    { env },
  );
  expect(result.exitCode).toBe(3);
  expect(result.stdout).toContain('for OAuth client "Nightly queue sync"');
  expect(result.stdout).toContain("genscope check-scopes --client 'Nightly queue sync' --wait 2m");
});
