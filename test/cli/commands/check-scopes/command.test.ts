import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { joinMethods } from "../../../../src/cli/arguments/operation-arguments.ts";
import type { Sandbox } from "../../../../src/sandbox/sandbox.ts";
import { launchSandbox } from "../../../sandbox/client.ts";
import { runCli } from "../../../support/run-cli.ts";

const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";

let sandbox: Sandbox;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  sandbox = await launchSandbox();
  env = {
    GENESYSCLOUD_REGION: sandbox.url,
    GENESYSCLOUD_OAUTHCLIENT_ID: sandbox.client.id,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: sandbox.client.secret,
  };
});

afterAll(async () => {
  await sandbox.close();
});

const check = async (...argv: readonly string[]) => await runCli(["check-scopes", ...argv], { env });

test("reports a denied operation with verdict, layer, evidence and the smallest fix, and exits with 3", async () => {
  const { exitCode, stdout, stderr } = await check(DETAIL_QUERY);
  expect(exitCode).toBe(3);
  expect(stderr).toBe("");
  expect(stdout.replace(sandbox.url, "URL")).toMatchInlineSnapshot(`
    "as OAuth client "Reporting service" (client-credentials) in organization "Example Contact Center", URL

    requirements from platform-client-sdk-javascript 259.0.0; scopes: published definition of July 2026; as of 2026-08-15

    ✘ denied  POST /api/v2/analytics/conversations/details/query  layer: permission
      needs permission \`analytics:conversationDetail:view\` or \`analytics:agentConversationDetail:view\`
      the platform ignores scopes for this token: client credentials depend on roles alone
      no role of this token holds any of them
      fixes, smallest first:
        1. assign role "Conversation Detail Reader" to OAuth client "Reporting service" in the divisions of the objects it needs; this adds no other permissions
          Admin > Integrations > OAuth > Reporting service > Roles
        2. create a role that holds only \`analytics:conversationDetail:view\` or \`analytics:agentConversationDetail:view\`, and assign it to OAuth client "Reporting service"
          Admin > People & Permissions > Roles / Permissions
        3. or assign an existing role: "Supervisor" (7 more permissions), "Reporting Reader" (31 more permissions)
    "
  `);
});

test("reports a denied operation as one JSON document", async () => {
  const { exitCode, json } = await check("--json", DETAIL_QUERY);
  expect(exitCode).toBe(3);
  expect(json).toMatchObject({
    schema: "genscope/check-scopes/v1",
    principal: {
      kind: "client",
      client: { name: "Reporting service", grantType: "CLIENT-CREDENTIALS" },
      scopesBind: "no",
    },
    summary: { allowed: 0, denied: 1, conditional: 0, unknown: 0 },
    results: [
      {
        operation: {
          method: "POST",
          path: "/api/v2/analytics/conversations/details/query",
          operationId: "postAnalyticsConversationsDetailsQuery",
        },
        permission: null,
        verdict: "denied",
        layer: "permission",
        requirement: {
          permissionMode: "ANY",
          permissions: ["analytics:conversationDetail:view", "analytics:agentConversationDetail:view"],
          scopes: ["analytics", "analytics:readonly"],
          date: "2026-08-15",
        },
        missing: {
          permissions: ["analytics:conversationDetail:view", "analytics:agentConversationDetail:view"],
          scopes: [],
          divisions: [],
        },
        location: null,
        live: null,
      },
    ],
  });
});

describe("exits according to the verdicts", () => {
  test.each([
    [["GET /api/v2/routing/queues"], 0],
    [["GET /api/v2/routing/queues", DETAIL_QUERY], 3],
    [["--fail-on", "denied", DETAIL_QUERY], 3],
    [["--fail-on", "never", DETAIL_QUERY], 0],
    [["--permission", "routing:queue:view"], 0],
    [["--permission", "ROUTING:QUEUE:VIEW"], 0],
    [["--permission", "routing:queue:edit"], 3],
    [["GET /api/v2/users/me"], 3],
    [["--fail-on", "sometimes", DETAIL_QUERY], 2],
    [["GET /api/v2/analytics/conversations/queries"], 2],
    [["--permission", "analytics:readonly"], 2],
    [["--division", "Nowhere", DETAIL_QUERY], 2],
    [[], 2],
    [["--live", "--offline", DETAIL_QUERY], 2],
  ])("%j exits with %i", async (argv, expected) => {
    expect((await check(...argv)).exitCode).toBe(expected);
  });
});

test("refuses an unknown operation with the closest names", async () => {
  const { exitCode, stderr, json } = await check(
    "--json",
    "POST /api/v2/analytics/conversation/details/query",
  );
  expect(exitCode).toBe(2);
  expect(json).toMatchObject({
    schema: "genscope/error/v1",
    error: { name: "UsageError", code: "usage.unknown_operation", correlationId: null },
  });
  expect(stderr).toContain(DETAIL_QUERY);
});

test("--offline reports requirements without a credential", async () => {
  const { exitCode, json } = await runCli(["check-scopes", "--offline", "--json", "GET /api/v2/users/me"]);
  expect(exitCode).toBe(0);
  expect(json).toMatchObject({
    principal: null,
    results: [{ verdict: null, layer: null, requirement: { permissionMode: "NONE" } }],
  });
});

test("--live tests only operations that read", async () => {
  const { json } = await check(
    "--json",
    "--live",
    "--fail-on",
    "never",
    DETAIL_QUERY,
    "DELETE /api/v2/routing/queues/{queueId}",
    "GET /api/v2/routing/queues",
    // A GET that starts a job, and one that starts transcoding.
    "GET /api/v2/flows/instances/4711",
    "GET /api/v2/conversations/4711/recordings",
  );
  expect(json).toMatchObject({
    results: [
      { verdict: "denied", live: { status: 403, code: "missing.any.permissions" } },
      { verdict: "denied", live: null },
      { verdict: "allowed", live: { status: 200, code: null } },
      { live: null },
      { live: null },
    ],
  });
});

test("checks several operations with the same number of requests as one", async () => {
  const callsOf = async (...argv: readonly string[]) => {
    const count = async () =>
      ((await (await fetch(`${sandbox.url}/sandbox/requests`)).json()) as { requests: unknown[] }).requests
        .length;
    const before = await count();
    await check(...argv);
    return (await count()) - before;
  };
  const one = await callsOf(DETAIL_QUERY);
  expect(
    await callsOf(
      DETAIL_QUERY,
      "GET /api/v2/routing/queues",
      "GET /api/v2/users",
      "--permission",
      "routing:queue:view",
    ),
  ).toBe(one);
});

test("reports a refused token at the layer `token`, with exit 4", async () => {
  const { exitCode, json } = await runCli(["check-scopes", "--json", DETAIL_QUERY], {
    env: {
      GENESYSCLOUD_REGION: sandbox.url,
      GENESYSCLOUD_ACCESS_TOKEN: "no-such-token",
    },
  });
  expect(exitCode).toBe(4);
  expect(json).toMatchObject({ results: [{ verdict: "denied", layer: "token" }] });
});

test("names the environment variables to set when there is no credential", async () => {
  const { exitCode, stderr } = await runCli(["check-scopes", DETAIL_QUERY]);
  expect(exitCode).toBe(4);
  expect(stderr).toContain("GENESYSCLOUD_OAUTHCLIENT_ID");
});

test.each([
  [
    ["POST", "/api/v2/a", "GET", "/api/v2/b"],
    ["POST /api/v2/a", "GET /api/v2/b"],
  ],
  [
    ["POST /api/v2/a", "getUsersMe"],
    ["POST /api/v2/a", "getUsersMe"],
  ],
  [
    ["analytics", "conversations", "details", "query", "create"],
    ["analytics conversations details query create"],
  ],
  [
    ["users", "list", "GET", "https://api.mypurecloud.de/api/v2/users"],
    ["users list", "GET https://api.mypurecloud.de/api/v2/users"],
  ],
  [["get", "/api/v2/users"], ["get /api/v2/users"]],
])("reads the arguments %j as the operations %j", (argv, expected) => {
  expect(joinMethods(argv)).toEqual(expected);
});

test("checks a permission in the division that a refusal appended to it", async () => {
  const limited = await launchSandbox({ scenario: "division" });
  try {
    const state = JSON.stringify(await (await fetch(`${limited.url}/sandbox/state`)).json());
    const [, support = ""] = /"id":"([^"]+)","name":"Support"/.exec(state) ?? [];
    const { json } = await runCli(
      ["check-scopes", "--json", "--permission", `routing:queue:view:${support}`],
      {
        env: {
          ...env,
          GENESYSCLOUD_REGION: limited.url,
          GENESYSCLOUD_OAUTHCLIENT_ID: limited.client.id,
          GENESYSCLOUD_OAUTHCLIENT_SECRET: limited.client.secret,
        },
      },
    );
    expect(json).toMatchObject({
      results: [
        {
          permission: "routing:queue:view",
          verdict: "denied",
          layer: "division",
          missing: { divisions: [support] },
        },
      ],
    });
  } finally {
    await limited.close();
  }
});

test.each(["routing:queue:view", "Routing > Queue > View"])(
  "accepts the permission %s in place of an operation",
  async (permission) => {
    const { json } = await check("--json", permission);
    expect(json).toMatchObject({ results: [{ operation: null, permission: "routing:queue:view" }] });
  },
);

test.each([
  ["Routing > Queue > Write", "`routing:queue:edit`"],
  ["routing:queue:create", "`routing:queue:add`"],
  ["Outbound › Campaign › Remove", "`outbound:campaign:delete`"],
])("suggests permissions for an unknown one in place of an operation: %s", async (name, nearest) => {
  const { exitCode, stderr } = await check("--offline", name);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`hint: did you mean ${nearest}`);
});
