import { describe, expect, test } from "vitest";
import { call, json } from "../../../sandbox/client.ts";
import { clientsWorld } from "../../../support/clients-world.ts";
import { type RunResult, runCli } from "../../../support/run-cli.ts";

const QUEUES = "GET /api/v2/routing/queues";

async function surveyWorld(permissions?: readonly string[]) {
  const world = await clientsWorld();
  if (permissions !== undefined) world.act("role.upsert", { name: "Access auditor", permissions });
  const check = async (...words: readonly string[]) =>
    await runCli(["check-scopes", ...words, "--json"], { env: world.env });
  return { ...world, check };
}

const verdictsOf = ({ json: document }: RunResult, list: string) => {
  const names = json(document).each(list, "name");
  const verdicts = json(document).each(list, "verdict");
  return Object.fromEntries(names.map((name, index) => [String(name), verdicts[index]]));
};

describe("--who", () => {
  test.each([
    QUEUES,
    "GET /api/v2/users",
    "POST /api/v2/analytics/conversations/details/query",
    "POST /api/v2/routing/queues",
    "GET /api/v2/oauth/clients",
    "GET /api/v2/users/me",
    "GET /api/v2/authorization/roles",
  ])("lists exactly the clients that a check of %s allows", async (operation) => {
    const { act, check, sandbox } = await surveyWorld();
    const result = await check("--who", operation);
    expect(result.exitCode).toBe(0);
    const listed = verdictsOf(result, "who.clients");
    const state = await call(sandbox, "GET /sandbox/state");
    const clients = (state.each("organizations", "clients") as Record<string, string>[][]).flat();
    const own = clients.filter(({ authorizedGrantType }) => authorizedGrantType === "CLIENT-CREDENTIALS");
    for (const { name = "" } of own) {
      const { access_token: token } = act("token.mint", { client: name }) as { access_token: string };
      const { status } = await call(sandbox, operation, {
        token,
        body: operation.startsWith("POST") ? {} : undefined,
      });
      const isRefused = status === 401 || status === 403;
      if (listed[name] === "allowed") expect([name, isRefused]).toEqual([name, false]);
      if (listed[name] === undefined) expect([name, status >= 400]).toEqual([name, true]);
    }
    expect(own.length).toBeGreaterThan(8);
  });

  test("counts the holders of each sufficient role", async () => {
    const { check, act } = await surveyWorld();
    act("role.grant", { subject: "Agent 1", role: "Queue sync", division: "*" });
    const { json: document } = await check("--who", "GET", "/api/v2/routing/queues");
    const roles = json(document).each("who.roles", "name");
    const index = roles.indexOf("Queue sync");
    expect(json(document).at(`who.roles.${index}.verdict`)).toBe("allowed");
    expect(json(document).at(`who.roles.${index}.holders`)).toEqual({
      total: 2,
      users: 1,
      groups: 0,
      clients: 1,
    });
    expect(json(document).at("who.deniedRoles")).toBeGreaterThan(3);
  });

  test("shows which permissions a role lacks when an operation needs several", async () => {
    const { check, act } = await surveyWorld();
    act("role.upsert", { name: "Half", permissions: ["authorization:division:add"] });
    const { json: document } = await check("--who", "POST /api/v2/authorization/divisions");
    const index = json(document).each("who.roles", "name").indexOf("Half");
    expect(json(document).at(`who.roles.${index}.missing`)).toEqual(["authorization:grant:add"]);
    expect(json(document).at(`who.roles.${index}.verdict`)).toBe("denied");
  });

  test("names the facts that it cannot read, and does not guess", async () => {
    const { check } = await surveyWorld(["oauth:client:view"]);
    const result = await check("--who", QUEUES);
    expect(result.exitCode).toBe(5);
    expect(json(result.json).at("who.roles")).toBe(null);
    expect(Object.values(verdictsOf(result, "who.clients"))).not.toContain("allowed");
    expect(json(result.json).each("who.unreadable", "permissions")).toContainEqual([
      "authorization:role:view",
    ]);
    const { check: blind } = await surveyWorld([]);
    const nothing = await blind("--who", QUEUES);
    expect([nothing.exitCode, json(nothing.json).at("who.clients")]).toEqual([5, null]);
    expect(json(nothing.json).each("who.unreadable", "permissions")).toContainEqual(["oauth:client:view"]);
  });

  test("is conditional where an access policy for everyone may apply", async () => {
    const { check, act } = await surveyWorld();
    act("policy.upsert", {
      name: "No queues",
      target: "routing:queue:view",
      subject: "Beta integration",
      applyToClients: true,
    });
    const listed = verdictsOf(await check("--who", QUEUES), "who.clients");
    expect(listed["Nightly queue sync"]).toBe("conditional");
    expect(listed["Beta integration"]).toBe("conditional");
  });
});

describe("--list", () => {
  test("agrees with the check of each operation", async () => {
    const { check } = await surveyWorld();
    const { json: document, exitCode } = await check("--list", "routing", "--client", "Sales provisioning");
    expect(exitCode).toBe(0);
    const operations = json(document).at("list.areas.0.operations") as {
      method: string;
      path: string;
      verdict: string;
    }[];
    const some = operations.filter((_operation, index) => index % 40 === 0);
    const names = some.map(({ method, path }) => `${method} ${path}`);
    const single = await check("--client", "Sales provisioning", ...names);
    expect(some.map(({ verdict }) => verdict)).toEqual(json(single.json).each("results", "verdict"));
    expect(json(document).at("list.totals")).toEqual(json(document).at("list.areas.0.counts"));
    expect(operations.length).toBeGreaterThan(100);
  });

  test("counts every operation of the catalog by area", async () => {
    const { check } = await surveyWorld();
    const { json: document } = await check("--list");
    const totals = Object.values(json(document).at("list.totals") as Record<string, number>);
    expect(totals.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(3_000);
    expect(json(document).each("list.areas", "area")).toEqual(
      json(document).each("list.areas", "area").toSorted(),
    );
  });

  test("names the unreadable facts that weaken the verdicts", async () => {
    const { check } = await surveyWorld(["oauth:client:view"]);
    const result = await check("--list", "--client", "Nightly queue sync");
    expect(result.exitCode).toBe(5);
    expect(json(result.json).at("list.totals.allowed")).toBeLessThan(1_000);
    expect(json(result.json).each("list.unreadable", "permissions")).toContainEqual([
      "authorization:policy:view",
    ]);
  });

  test("ends with exit code 4 for a refused token", async () => {
    const { sandbox, act, env } = await surveyWorld();
    const { access_token: token } = act("token.mint", { client: sandbox.client.id }) as {
      access_token: string;
    };
    act("token.revoke", { token });
    const own = { GENESYSCLOUD_REGION: env["GENESYSCLOUD_REGION"], GENESYSCLOUD_ACCESS_TOKEN: token };
    expect((await runCli(["check-scopes", "--list"], { env: own })).exitCode).toBe(4);
  });

  test("shows counts by area, and the operations of one area", async () => {
    const { env } = await surveyWorld();
    const all = await runCli(["check-scopes", "--list"], { env });
    expect(all.stdout).toMatch(/^area\tallowed\tconditional\tunknown\tdenied$/m);
    expect(all.stdout).toMatch(
      /^[\d,]+ operations: [\d,]+ allowed, \d+ conditional, \d+ unknown, [\d,]+ denied$/m,
    );
    const one = await runCli(["check-scopes", "--list", "ROUTING"], { env });
    expect(one.stdout).toMatch(/^allowed\tGET \/api\/v2\/routing\/settings\t$/m);
  });
});

test.each([
  [["--list", "routin"], "usage.unknown_operation", "the catalog has no area `routin`"],
  [["--list", "routing", QUEUES], "usage.arguments", "`--list` lists every operation of an area"],
  [["--who", QUEUES, "GET /api/v2/users"], "usage.arguments", "`--who` takes one operation"],
  [["--who", "GET /api/v2/nothing/here"], "usage.unknown_operation", "GET /api/v2/nothing/here"],
  [["--who", QUEUES, "--list"], "usage.arguments", "`--who` and `--list` cannot be combined"],
  [["--who", QUEUES, "--client", "x"], "usage.arguments", "`--who` lists every client"],
  [["--list", "--live"], "usage.arguments", "`--list` and `--live` cannot be combined"],
  [["--list", "--as-of", "2027-01-01"], "usage.arguments", "`--list` and `--as-of` cannot be combined"],
  [["--list", "--service", "x"], "usage.arguments", "`--list` and `--service` cannot be combined"],
  [["--who", QUEUES, "--env", "x"], "usage.arguments", "`--who` and `--env` cannot be combined"],
  [["--who", QUEUES, "--force"], "usage.arguments", "`--who` and `--force` cannot be combined"],
  [
    ["--who", QUEUES, "--include-tests"],
    "usage.arguments",
    "`--who` and `--include-tests` cannot be combined",
  ],
  [["--who", QUEUES, "--explain"], "usage.arguments", "`--who` and `--explain` cannot be combined"],
])("refuses %j with exit code 2", async (words, code, message) => {
  const { check } = await surveyWorld();
  const result = await check(...words);
  expect([result.exitCode, json(result.json).at("error.code")]).toEqual([2, code]);
  expect(json(result.json).text("error.message")).toContain(message);
});

test.each([
  [["--who", "GET", "/api/v2/users", "--history", "14d"], "omit `--history`: ", "--who 'GET /api/v2/users'"],
  [["--list", "routing", "--report", "html=/dev/null"], "omit `--report`: ", "--list routing --json"],
  [["--list", "--who", QUEUES], "omit `--list`: ", `--who '${QUEUES}'`],
  [["--who", QUEUES, "--user", "x"], "omit `--user`: ", `--who '${QUEUES}'`],
  [["--client", "a b"], "specify an operation, or list the allowed ones: ", "--client 'a b' --list"],
  [
    ["--user", "x", "--live", QUEUES],
    "`--live` needs that user's own token; omit `--live`: ",
    `--user x '${QUEUES}'`,
  ],
])("answers %j with a command to paste", async (words, text, command) => {
  const { exitCode, json: document } = await runCli(["check-scopes", ...words, "--json"], {});
  expect([exitCode, json(document).at("error.hint")]).toEqual([2, `${text}genscope check-scopes ${command}`]);
});
