import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asRecord } from "../../src/core/json.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { call, launchSandbox } from "../sandbox/client.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { runCli } from "../support/run-cli.ts";

let sandbox: Sandbox;
let topicReads = 0;
const QUEUE = "00000000-0000-4000-8000-0000000000aa";
const OTHER = "00000000-0000-4000-8000-0000000000bb";
const READING = ["authorization:policy:view", "authorization:grant:view"];

beforeAll(async () => {
  sandbox = await launchSandbox({}, new FakeClock(), ({ target }) => {
    if (target.includes("availabletopics")) topicReads += 1;
  });
  act("settings.patch", { settings: { requestsPerMinute: 1_000_000, enforceScopes: false, gzip: false } });
  act("object.upsert", { id: QUEUE, name: "Queue", type: "queue", division: "Sales", attributes: {} });
});
afterAll(async () => await sandbox.close());

const act = (action: string, fields: object) =>
  asRecord(sandbox.act({ action, ...fields })) as Readonly<Record<string, unknown>>;

let count = 0;

/** Creates a token that holds these permissions in a division. For a user, also returns the user's id. */
function tokenHolding(kind: "client" | "user", permissions: readonly string[], division = "*") {
  count += 1;
  const client = `App ${count}`;
  act("client.upsert", {
    name: client,
    grantType: kind === "client" ? "CLIENT-CREDENTIALS" : "CODE",
    scope: ["notifications", "authorization", "user-basic-info"],
  });
  const user = `Person ${count}`;
  const userId = kind === "user" ? String(act("user.upsert", { name: user })["id"]) : null;
  const subject = kind === "user" ? user : client;
  for (const [name, list, place] of [
    [`Reading ${count}`, READING, "*"],
    [`Held ${count}`, permissions, division],
  ] as const) {
    act("role.upsert", { name, permissions: list });
    act("role.grant", { subject, role: name, division: place });
  }
  const token = String(act("token.mint", { client, ...(kind === "user" ? { user } : {}) })["access_token"]);
  return { token, userId };
}

async function check(token: string, ...argv: readonly string[]) {
  const env = { GENESYSCLOUD_REGION: sandbox.url, GENESYSCLOUD_ACCESS_TOKEN: token };
  const { json, exitCode } = await runCli(["check-scopes", "--json", ...argv], { env });
  const [result] = (asRecord(json)["results"] ?? []) as readonly Readonly<Record<string, unknown>>[];
  return {
    verdict: result?.["verdict"],
    layer: result?.["layer"],
    requirement: result?.["requirement"],
    exitCode,
    result,
  };
}

const QUEUES = "routing:queue:view";
const CALLS = "conversation:communication:view";

describe("the sandbox decides about a subscription as the check predicts", () => {
  test.each<[string, "client" | "user", readonly string[], string, string, readonly string[], string]>([
    [`v2.routing.queues.${QUEUE}.conversations`, "client", [QUEUES], "*", "held everywhere", [], "allowed"],
    [`v2.routing.queues.${QUEUE}.conversations`, "client", [], "*", "not held", [], "denied"],
    [
      `v2.routing.queues.${QUEUE}.conversations`,
      "client",
      [QUEUES],
      "Sales",
      "division not given",
      [],
      "conditional",
    ],
    [
      `v2.routing.queues.${QUEUE}.conversations`,
      "client",
      [QUEUES],
      "Sales",
      "in its division",
      ["--division", "Sales"],
      "allowed",
    ],
    [
      `v2.routing.queues.${QUEUE}.conversations`,
      "client",
      [QUEUES],
      "Support",
      "elsewhere",
      ["--division", "Sales"],
      "denied",
    ],
    [
      `v2.routing.queues.${QUEUE}.users`,
      "client",
      [QUEUES, "directory:user:view"],
      "*",
      "both",
      [],
      "allowed",
    ],
    [`v2.routing.queues.${QUEUE}.users`, "client", [QUEUES], "*", "one of two", [], "denied"],
    [
      `v2.routing.queues.${QUEUE}.users`,
      "client",
      [QUEUES, "directory:user:view"],
      "Support",
      "no divisions",
      ["--division", "Sales"],
      "conditional",
    ],
    [
      `v2.analytics.queues.${QUEUE}.observations`,
      "client",
      ["analytics:conversationAggregate:view"],
      "*",
      "one suffices",
      [],
      "allowed",
    ],
    [`v2.analytics.queues.${QUEUE}.observations`, "client", [QUEUES], "*", "neither", [], "denied"],
    [`v2.users.${OTHER}.conversations`, "user", [CALLS], "*", "another user, held", [], "allowed"],
    [`v2.users.${OTHER}.conversations`, "user", [], "*", "another user, not held", [], "denied"],
    ["v2.users.OWN.conversations", "user", [], "*", "own id", [], "allowed"],
    [`v2.users.${OTHER}.conversations`, "client", [], "*", "a client", [], "denied"],
    ["v2.users.OWN.voicemail.messages", "user", [], "*", "own id only", [], "allowed"],
    [`v2.users.${OTHER}.voicemail.messages`, "user", [], "*", "another user's own", [], "denied"],
    [`v2.users.${OTHER}.voicemail.messages`, "client", [], "*", "a client is not a user", [], "denied"],
    [`v2.users.${OTHER}.presence`, "client", [], "*", "nothing required", [], "allowed"],
    [`v2.users.${OTHER}.routingStatus`, "client", [], "*", "listed but not enforced", [], "allowed"],
    [`v2.architect.prompts.${OTHER}`, "client", ["architect:userPrompt:view"], "*", "held", [], "allowed"],
    [`v2.architect.prompts.${OTHER}`, "client", [], "*", "not held", [], "denied"],
  ])("%s by a %s with %j in %s: %s", async (name, kind, permissions, division, _why, flags, verdict) => {
    const { token, userId } = tokenHolding(kind, permissions, division);
    const topic = name.replace("OWN", userId ?? "");
    const decided = await check(token, topic, ...flags);
    expect(decided.verdict).toBe(verdict);
    const path = "POST /api/v2/notifications/channels/11111111-1111-4111-8111-111111111111/subscriptions";
    const { status } = await call(sandbox, path, { token, body: [{ id: topic }] });
    if (verdict === "allowed") expect(status).toBe(200);
    if (verdict === "denied") expect(status).toBe(403);
  });
});

test.each([
  [QUEUES, [], "true", 3],
  [QUEUES, [QUEUES], "false", 3],
] as const)(
  "explain judges a pasted refusal that needs %s for a token with %j as %s",
  async (_needed, held, verdict, exit) => {
    const { token } = tokenHolding("client", held);
    const topic = `v2.routing.queues.${QUEUE}.conversations`;
    const input = `POST /api/v2/notifications/channels/${OTHER}/subscriptions HTTP/1.1
Content-Type: application/json

[{"id":"${topic}"}]

HTTP/1.1 403 Forbidden

{"message":"Not authorized for this topic.","code":"notification.unauthorized.topic","status":403}
`;
    const env = { GENESYSCLOUD_REGION: sandbox.url, GENESYSCLOUD_ACCESS_TOKEN: token };
    const { json, exitCode } = await runCli(["explain", "--json"], { env, input });
    const [finding] = asRecord(json)["findings"] as readonly {
      claims: readonly { text: string; verdict: string }[];
    }[];
    const claim = finding?.claims.find(({ text }) =>
      text.endsWith("is not allowed to call `v2.routing.queues.{id}.conversations`"),
    );
    expect([claim?.verdict, exitCode]).toEqual([verdict, exit]);
  },
);

test("a check names the organization's own list of topics as the source, and requests the list only for a topic", async () => {
  const { token } = tokenHolding("client", [QUEUES]);
  const before = topicReads;
  const { requirement } = await check(token, `v2.routing.queues.${QUEUE}.conversations`);
  expect(requirement).toMatchObject({
    permissionMode: "ALL",
    permissions: [QUEUES],
    source: expect.stringContaining("availabletopics"),
  });
  expect(topicReads).toBe(before + 1);
  await check(token, "GET /api/v2/routing/queues");
  expect(topicReads).toBe(before + 1);
});

test("a check of a topic is unknown, with the reason, when the organization's list of topics cannot be read", async () => {
  act("settings.patch", { settings: { enforceScopes: true } });
  count += 1;
  act("client.upsert", {
    name: `App ${count}`,
    grantType: "CODE",
    scope: ["authorization", "user-basic-info"],
  });
  act("user.upsert", { name: `Person ${count}` });
  const token = String(
    act("token.mint", { client: `App ${count}`, user: `Person ${count}` })["access_token"],
  );
  const { verdict, result } = await check(token, "v2.users.{id}.presence");
  act("settings.patch", { settings: { enforceScopes: false } });
  expect(verdict).not.toBe("allowed");
  expect(JSON.stringify(result)).toContain("list of topics could not be read");
});

test("topics in a policy, in an emitted role and offline are checked with the packaged list", async () => {
  const directory = await mkdtemp(join(tmpdir(), "genscope-topics-"));
  const file = join(directory, "genscope.policy.yaml");
  await writeFile(
    file,
    "version: 1\nservices:\n  board:\n    operations: [v2.architect.dependencytracking.build, 'v2.users.{id}.presence']\n",
  );
  const { token } = tokenHolding("client", []);
  const { exitCode } = await check(token, "--policy", file);
  expect(exitCode).toBe(3);
  const role = await runCli(["check-scopes", "--emit", "role", "--policy", file]);
  expect(role.json).toMatchObject({
    permissionPolicies: [{ domain: "architect", entityName: "dependencyTracking" }],
  });
  expect(role.stderr).toContain("left out: v2.users.{id}.presence: its permissions are not published");
  const offline = await runCli(["check-scopes", "--offline", "v2.users.{id}.presence"]);
  expect(offline.stdout).not.toContain("no permission");
  await rm(directory, { recursive: true });
});

describe("a topic that the organization's own list does not contain keeps the published requirement", () => {
  test.each([
    ["v2.architect.dependencytracking.build", ["architect:dependencyTracking:view"]],
    [
      `v2.analytics.users.${OTHER}.aggregates`,
      ["analytics:userAggregate:view", "analytics:conversationAggregate:view"],
    ],
    [`v2.architect.prompts.${OTHER}.resources.${QUEUE}`, ["architect:userPrompt:view"]],
  ])("%s", async (topic, permissions) => {
    for (const held of [permissions, []]) {
      const { token } = tokenHolding("client", held);
      const { verdict, requirement, result } = await check(token, topic);
      expect(verdict).toBe(held.length > 0 ? "unknown" : "denied");
      expect(asRecord(requirement)["permissions"]).toEqual(permissions);
      expect(asRecord(requirement)["source"]).toMatch(/^platform-client-sdk-dotnet .*announcements/);
      expect(JSON.stringify(result?.["evidence"])).toContain("own list of topics does not contain it");
    }
  });
});
