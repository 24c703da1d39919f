import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { act, call, clientHolding, reason, sandboxFor, userHolding } from "./client.ts";

const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
const LAST_DAY = { interval: "2026-09-30T00:00:00.000Z/2026-10-01T00:00:00.000Z" };

describe("token", () => {
  test.each([
    [
      "none",
      {},
      "401 authentication.required No authentication bearer token specified in authorization header.",
    ],
    [
      "of another scheme",
      { Authorization: "Basic abc" },
      "401 authentication.required No authentication bearer token specified in authorization header.",
    ],
    [
      "unknown",
      { Authorization: "Bearer nobody-knows-it" },
      "401 bad.credentials Invalid login credentials.",
    ],
  ])("%s", async (_name, headers, expected) => {
    const sandbox = await sandboxFor();
    expect(reason(await call(sandbox, "GET /api/v2/tokens/me", { headers }))).toBe(expected);
  });

  test("expires to the millisecond", async () => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor({}, clock);
    const token = (
      await act(sandbox, "token.mint", {
        client: "Reporting service",
        lifetimeSeconds: 300,
      })
    ).text("access_token");
    clock.advance(299_999);
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token })).status).toBe(200);
    clock.advance(1);
    expect(reason(await call(sandbox, "GET /api/v2/tokens/me", { token }))).toBe(
      "401 credentials.expired The supplied credentials are expired and cannot be used.",
    );
  });

  test("dies of idleness, which preserveIdleTTL does not put off", async () => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor({}, clock);
    await act(sandbox, "settings.patch", { settings: { idleTimeout: { enabled: true, seconds: 600 } } });
    const token = (await act(sandbox, "token.mint", { client: "Reporting service" })).text("access_token");
    clock.advance(500_000);
    const looked = await call(sandbox, "GET /api/v2/tokens/me?preserveIdleTTL=true", { token });
    expect(looked.at("dateTokenIdles")).toBe("2026-10-01T00:10:00.000Z");
    clock.advance(99_999);
    const used = await call(sandbox, "GET /api/v2/tokens/me", { token });
    expect(used.at("dateTokenIdles")).toBe("2026-10-01T00:19:59.999Z");
    clock.advance(600_000);
    expect(reason(await call(sandbox, "GET /api/v2/tokens/me", { token }))).toBe(
      "401 bad.credentials Invalid login credentials.",
    );
  });

  test("of a client that is disabled is refused, of an inactive one not", async () => {
    const sandbox = await sandboxFor();
    const { id, token } = await clientHolding(sandbox, []);
    await act(sandbox, "client.update", { client: id, state: "inactive" });
    expect((await call(sandbox, "HEAD /api/v2/tokens/me", { token })).status).toBe(200);
    await act(sandbox, "client.update", { client: id, state: "disabled" });
    expect((await call(sandbox, "HEAD /api/v2/tokens/me", { token })).status).toBe(401);
  });

  test("ends when its holder deletes it", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    expect((await call(sandbox, "DELETE /api/v2/tokens/me", { token })).status).toBe(200);
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token })).at("code")).toBe("bad.credentials");
  });
});

describe("address", () => {
  test.each([
    ["inside the range", ["203.0.113.0/24"], "203.0.113.7", 200],
    ["a single address", ["203.0.113.7"], "203.0.113.7", 200],
    ["IPv6", ["2001:db8::/32"], "2001:db8::1", 200],
    ["outside", ["203.0.113.0/24"], "198.51.100.1", 401],
  ])("%s of the organization's allowlist", async (_name, ipAllowlist, callerAddress, status) => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    await act(sandbox, "settings.patch", { settings: { ipAllowlist, callerAddress } });
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token })).status).toBe(status);
  });

  test("outside the client's own ranges refuses the client, not the users of the organization", async () => {
    const sandbox = await sandboxFor();
    const { id, token } = await clientHolding(sandbox, []);
    const user = await userHolding(sandbox, [], ["user-basic-info"]);
    await act(sandbox, "client.update", { client: id, allowedIpRanges: ["198.51.100.0/28"] });
    expect(reason(await call(sandbox, "GET /api/v2/tokens/me", { token }))).toBe(
      "401 ip.not.authorized Requests originating from this IP address are not authorized: [127.0.0.1]",
    );
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token: user.token })).status).toBe(200);
  });
});

describe("scope", () => {
  const permissions = ["analytics:conversationDetail:view"];

  test.each([
    [["analytics"], 200],
    [["analytics:readonly"], 200],
    [["routing", "analytics:view"], 403],
    [[], 403],
  ])("a user's token with %j", async (scopes, status) => {
    const sandbox = await sandboxFor({}, new FakeClock());
    const { token } = await userHolding(sandbox, permissions, scopes);
    expect((await call(sandbox, DETAIL_QUERY, { token, body: LAST_DAY })).status).toBe(status);
  });

  test("names the alternatives", async () => {
    const sandbox = await sandboxFor();
    const { token } = await userHolding(sandbox, permissions, ["routing"]);
    expect(reason(await call(sandbox, DETAIL_QUERY, { token, body: LAST_DAY }))).toBe(
      "403 app.not.authorized.for.scope App not authorized to use scope [analytics, analytics:readonly]",
    );
  });

  test("is nothing where the organization does not enforce it, and nothing to a client", async () => {
    const sandbox = await sandboxFor({}, new FakeClock());
    const client = await clientHolding(sandbox, permissions);
    expect((await call(sandbox, DETAIL_QUERY, { token: client.token, body: LAST_DAY })).status).toBe(200);
    const user = await userHolding(sandbox, permissions, []);
    await act(sandbox, "settings.patch", { settings: { enforceScopes: false } });
    expect((await call(sandbox, DETAIL_QUERY, { token: user.token, body: LAST_DAY })).status).toBe(200);
  });

  test("of an app that no administrator approved is none", async () => {
    const sandbox = await sandboxFor();
    await act(sandbox, "client.update", { client: "Agent workbench", isApproved: false });
    const token = (
      await act(sandbox, "token.mint", {
        client: "Agent workbench",
        user: "Agent 1",
      })
    ).text("access_token");
    expect((await call(sandbox, "GET /api/v2/routing/queues", { token })).at("code")).toBe(
      "app.not.authorized.for.scope",
    );
  });
});

describe("context", () => {
  test("a client is no user", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["*:*:*"]);
    expect(reason(await call(sandbox, "GET /api/v2/users/me", { token }))).toBe(
      "400 not.a.user This request requires a user context. Client credentials cannot be used for requests to this resource.",
    );
  });

  test("a user is no client", async () => {
    const sandbox = await sandboxFor();
    const { token } = await userHolding(sandbox, ["*:*:*"], ["conversations"]);
    expect(
      (await call(sandbox, "POST /api/v2/conversations/messages/agentless", { token, body: {} })).at("code"),
    ).toBe("not.a.client");
  });

  test.each([
    ["subjectsMeForClients", "GET /api/v2/authorization/subjects/me"],
    [
      "divisionsPermittedForClients",
      "GET /api/v2/authorization/divisionspermitted/paged/me?permission=a:b:c",
    ],
  ])("%s decides whether a client may ask about itself", async (setting, operation) => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    expect((await call(sandbox, operation, { token })).status).toBe(200);
    await act(sandbox, "settings.patch", { settings: { [setting]: false } });
    expect((await call(sandbox, operation, { token })).at("code")).toBe("not.a.user");
  });
});

describe("permission", () => {
  test.each([
    ["one of the alternatives", ["analytics:agentConversationDetail:view"], 200],
    ["any action", ["analytics:conversationDetail:*"], 200],
    ["any entity", ["analytics:*:view"], 200],
    ["any domain", ["*:*:view"], 200],
    ["everything", ["*:*:*"], 200],
    ["another action", ["analytics:conversationDetail:edit"], 403],
    ["another case", ["analytics:conversationdetail:view"], 403],
    ["a longer name", ["analytics:conversationDetails:view"], 403],
    ["nothing", [], 403],
  ])("ANY with %s", async (_name, permissions, status) => {
    const sandbox = await sandboxFor({}, new FakeClock());
    const { token } = await clientHolding(sandbox, permissions);
    expect((await call(sandbox, DETAIL_QUERY, { token, body: LAST_DAY })).status).toBe(status);
  });

  test.each([
    ["both", ["authorization:division:add", "authorization:grant:add"], "200 undefined undefined"],
    [
      "the first",
      ["authorization:division:add"],
      "403 missing.permissions Unable to perform the requested action. You are missing the following permission(s): [authorization:grant:add]",
    ],
    [
      "none",
      [],
      "403 missing.permissions Unable to perform the requested action. You are missing the following permission(s): [authorization:division:add, authorization:grant:add]",
    ],
  ])("ALL with %s", async (_name, permissions, expected) => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, permissions);
    expect(reason(await call(sandbox, "POST /api/v2/authorization/divisions", { token, body: {} }))).toBe(
      expected,
    );
  });

  test.each([
    [["admin:*:*"], 200],
    [["*:*:*"], 200],
    [["directory:user:edit"], 200],
    [["admin:user:edit"], 403],
  ])("a permission of one part, with %j", async (permissions, status) => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, permissions);
    expect((await call(sandbox, "PATCH /api/v2/users/some-id", { token, body: {} })).status).toBe(status);
  });

  test.each([
    ["complete", "[analytics:conversationDetail:view, analytics:agentConversationDetail:view]"],
    ["first", "[analytics:conversationDetail:view]"],
    ["empty", "[]"],
    [
      "with-division",
      "[analytics:conversationDetail:view:HOME, analytics:agentConversationDetail:view:HOME]",
    ],
  ])("the message can be %s", async (permissionMessage, list) => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    await act(sandbox, "settings.patch", { settings: { permissionMessage } });
    const home = (await call(sandbox, "GET /api/v2/authorization/divisions/home", { token })).text("id");
    expect((await call(sandbox, DETAIL_QUERY, { token, body: LAST_DAY })).at("message")).toBe(
      `Unable to perform the requested action. You must have at least one of the following permissions assigned: ${list.replaceAll("HOME", home)}`,
    );
  });

  test("the organization does not own counts as not held", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["*:*:*", "socialmedia:topic:view"]);
    expect((await call(sandbox, "GET /api/v2/socialmedia/topics", { token })).at("code")).toBe(
      "missing.any.permissions",
    );
    await act(sandbox, "product.own", { product: "socialListening" });
    expect((await call(sandbox, "GET /api/v2/socialmedia/topics", { token })).status).toBe(200);
  });

  test("of a deleted role is gone", async () => {
    const sandbox = await sandboxFor();
    const { id, token } = await clientHolding(sandbox, ["routing:queue:view"]);
    expect((await call(sandbox, "GET /api/v2/routing/queues", { token })).status).toBe(200);
    await act(sandbox, "role.delete", { role: `Role of ${id}` });
    expect((await call(sandbox, "GET /api/v2/routing/queues", { token })).status).toBe(403);
  });

  test("conditional permissions are needed by requests that ask for more", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["recording:job:add"]);
    expect((await call(sandbox, "POST /api/v2/recording/jobs", { token, body: {} })).status).toBe(202);
    expect(
      reason(await call(sandbox, "POST /api/v2/recording/jobs?sandbox-conditional=1", { token, body: {} })),
    ).toBe(
      "403 missing.permissions Unable to perform the requested action. You are missing the following permission(s): [recording:recording:viewSensitiveData]",
    );
  });
});

describe("division", () => {
  async function queueIn(sandbox: Sandbox, division: string): Promise<string> {
    return (
      await act(sandbox, "object.upsert", { type: "queue", name: `Queue of ${division}`, division })
    ).text("id");
  }

  test.each([
    ["Sales", "Sales", 200],
    ["*", "Sales", 200],
    ["Support", "Sales", 403],
    ["Home", "Sales", 403],
  ])("role held in %s, object in %s", async (held, placed, status) => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["routing:queue:view"], held);
    const queue = await queueIn(sandbox, placed);
    expect((await call(sandbox, `GET /api/v2/routing/queues/${queue}`, { token })).status).toBe(status);
  });

  test("ALL and ANY say it differently", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["routing:queue:view"], "Support");
    const queue = await queueIn(sandbox, "Sales");
    const sales = await call(sandbox, "GET /api/v2/authorization/divisions?name=Sales", { token });
    expect(reason(await call(sandbox, `GET /api/v2/routing/queues/${queue}`, { token }))).toBe(
      "403 missing.division.permission Unable to perform the requested action. You are missing the following permission 'routing:queue:view' in the provided division(s).",
    );
    expect(reason(await call(sandbox, `GET /api/v2/routing/queues/${queue}/users`, { token }))).toBe(
      `403 missing.any.division.permissions Unable to perform the requested action. You must have at least one of the following permissions assigned: [routing:queue:view, routing:queueMember:manage] in at least one of the following division(s): [${sales.text("entities.0.id")}]`,
    );
  });

  test("does not matter to a permission that is not division-aware, nor where the path names no known object", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["routing:queue:view"], "Support");
    const queue = await queueIn(sandbox, "Sales");
    expect((await call(sandbox, "GET /api/v2/routing/queues/an-id-of-nothing", { token })).status).toBe(200);
    await act(sandbox, "permission.own", { permission: "routing:queue:view", divisionAware: false });
    expect((await call(sandbox, `GET /api/v2/routing/queues/${queue}`, { token })).status).toBe(200);
  });

  test("filters collections instead of refusing", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["routing:queue:view"], "Sales");
    const reply = await call(sandbox, "GET /api/v2/routing/queues", { token });
    expect(reply.each("entities", "name")).toEqual(["Sales inbound", "Sales chat"]);
  });
});

describe("role condition", () => {
  const OPERATION = "GET /api/v2/routing/queues";

  async function tokenUnder(sandbox: Sandbox, condition: object): Promise<string> {
    const client = await act(sandbox, "client.upsert", { name: "Conditional" });
    const role = await act(sandbox, "role.upsert", {
      name: "Under a condition",
      permissions: ["routing:queue:view"],
      condition,
    });
    await act(sandbox, "role.grant", { subject: client.at("id"), role: role.at("id"), division: "*" });
    return (await act(sandbox, "token.mint", { client: client.at("id") })).text("access_token");
  }

  const media = (operator: string, ...values: string[]) => ({
    variableName: "mediaType",
    operator,
    operands: values.map((value) => ({ type: "SCALAR", value })),
  });

  test.each([
    ["EQ", media("EQ", "voice"), "mediaType=voice", 200],
    ["EQ of another value", media("EQ", "voice"), "mediaType=chat", 403],
    ["a variable without a value", media("EQ", "voice"), "", 403],
    ["IN", media("IN", "chat", "voice"), "mediaType=voice", 200],
    [
      "GE by number",
      { variableName: "size", operator: "GE", operands: [{ type: "SCALAR", value: "9" }] },
      "size=10",
      200,
    ],
    [
      "LT by number",
      { variableName: "size", operator: "LT", operands: [{ type: "SCALAR", value: "9" }] },
      "size=10",
      403,
    ],
    [
      "AND",
      { conjunction: "AND", terms: [media("EQ", "voice"), media("EQ", "chat")] },
      "mediaType=voice",
      403,
    ],
    ["OR", { conjunction: "OR", terms: [media("EQ", "voice"), media("EQ", "chat")] }, "mediaType=voice", 200],
  ])("%s", async (_name, condition, query, status) => {
    const sandbox = await sandboxFor();
    const token = await tokenUnder(sandbox, condition);
    expect((await call(sandbox, `${OPERATION}?${query}`, { token })).status).toBe(status);
  });

  test("asks about the object in the path", async () => {
    const sandbox = await sandboxFor();
    const token = await tokenUnder(sandbox, media("EQ", "voice"));
    const object = await act(sandbox, "object.upsert", { attributes: { mediaType: "voice" } });
    expect(
      (await call(sandbox, `GET /api/v2/routing/queues/${object.text("id")}?mediaType=chat`, { token }))
        .status,
    ).toBe(200);
  });
});

describe("access policy", () => {
  const TARGET = "analytics:conversationDetail:view";

  test.each([
    ["for everybody and clients", { applyToClients: true }, 403],
    ["that spares clients", { applyToClients: false }, 200],
    ["that is not enabled", { applyToClients: true, enabled: false }, 200],
    ["that allows", { applyToClients: true, effect: "ALLOW" }, 200],
    ["for another subject", { applyToClients: true, subject: "Administration" }, 200],
    ["for another target", { applyToClients: true, target: "analytics:userDetail:view" }, 200],
    ["with a wildcard", { applyToClients: true, target: "analytics:*:*" }, 403],
    [
      "whose condition does not hold",
      {
        applyToClients: true,
        condition: { variableName: "order", operator: "EQ", operands: [{ type: "SCALAR", value: "desc" }] },
      },
      200,
    ],
  ])("%s", async (_name, policy, status) => {
    const sandbox = await sandboxFor({}, new FakeClock());
    const { token } = await clientHolding(sandbox, [TARGET]);
    await act(sandbox, "policy.upsert", { name: "Policy", target: TARGET, ...policy });
    expect((await call(sandbox, DETAIL_QUERY, { token, body: LAST_DAY })).status).toBe(status);
  });

  test("is named by its id, and leaves another permission that suffices alone", async () => {
    const sandbox = await sandboxFor({}, new FakeClock());
    const one = await clientHolding(sandbox, [TARGET]);
    const both = await clientHolding(sandbox, [TARGET, "analytics:agentConversationDetail:view"]);
    await act(sandbox, "policy.upsert", {
      name: "No details",
      id: "policy-1",
      target: TARGET,
      applyToClients: true,
    });
    expect(reason(await call(sandbox, DETAIL_QUERY, { token: one.token, body: LAST_DAY }))).toBe(
      "403 authz.policy.denied Unable to perform the requested action. Your organization's security policies have denied access. Policy ID(s): [policy-1]",
    );
    expect((await call(sandbox, DETAIL_QUERY, { token: both.token, body: LAST_DAY })).status).toBe(200);
  });
});

describe("feature", () => {
  const PREVIEW = "POST /api/v2/analytics/agentutilizations/aggregates/query";

  test("a preview operation answers enrolled organizations only", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["*:*:*"]);
    expect(reason(await call(sandbox, PREVIEW, { token, body: {} }))).toBe(
      "403 feature.forbidden This feature is not enabled for this organization.",
    );
    await act(sandbox, "preview.enroll", { operation: PREVIEW });
    expect((await call(sandbox, PREVIEW, { token, body: {} })).status).toBe(200);
  });
});

describe("order of the layers", () => {
  test("the earlier refusal is the one that is said", async () => {
    const sandbox = await sandboxFor();
    const { token } = await userHolding(sandbox, [], []);
    const operation = "POST /api/v2/conversations/messages/agentless";
    const codes: unknown[] = [];
    const note = async () => codes.push((await call(sandbox, operation, { token, body: {} })).at("code"));
    await act(sandbox, "settings.patch", { settings: { ipAllowlist: ["203.0.113.1"] } });
    await note();
    await act(sandbox, "settings.patch", { settings: { ipAllowlist: [] } });
    await note();
    await act(sandbox, "settings.patch", { settings: { enforceScopes: false } });
    await note();
    expect(codes).toEqual(["ip.not.authorized", "app.not.authorized.for.scope", "not.a.client"]);
  });
});

describe("propagation", () => {
  test("a grant is read at once and enforced later", async () => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor({ scenario: "propagation" }, clock);
    const token = (await act(sandbox, "token.mint", { client: sandbox.client.id })).text("access_token");
    const subject = await call(sandbox, "GET /api/v2/authorization/subjects/me", { token });
    expect(subject.each("grants", "role.name")).toEqual(["Reporting Base", "Conversation Detail Reader"]);
    clock.advance(29_999);
    expect((await call(sandbox, DETAIL_QUERY, { token, body: LAST_DAY })).status).toBe(403);
    clock.advance(1);
    expect((await call(sandbox, DETAIL_QUERY, { token, body: LAST_DAY })).status).toBe(200);
  });
});
