import { describe, expect, test } from "vitest";
import { FakeClock } from "../support/fake-clock.ts";
import { act, call, clientHolding, reason, sandboxFor, userHolding } from "./client.ts";

const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
const LAST_DAY = { interval: "2026-09-30T00:00:00.000Z/2026-10-01T00:00:00.000Z" };

describe("a token sent to the sandbox", () => {
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

  test("expires at the exact millisecond", async () => {
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

  test("ends when idle, and a request with preserveIdleTTL does not extend it", async () => {
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

  test("of a disabled client is refused, but the token of an inactive client is accepted", async () => {
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

describe("an IP address", () => {
  test.each([
    ["inside a range", ["203.0.113.0/24"], "203.0.113.7", 200],
    ["a single address", ["203.0.113.7"], "203.0.113.7", 200],
    ["IPv6", ["2001:db8::/32"], "2001:db8::1", 200],
    ["outside every range", ["203.0.113.0/24"], "198.51.100.1", 401],
  ])(
    "is accepted only when the organization's allowlist covers it: %s",
    async (_name, ipAllowlist, callerAddress, status) => {
      const sandbox = await sandboxFor();
      const { token } = await clientHolding(sandbox, []);
      await act(sandbox, "settings.patch", { settings: { ipAllowlist, callerAddress } });
      expect((await call(sandbox, "GET /api/v2/tokens/me", { token })).status).toBe(status);
    },
  );

  test("outside a client's own ranges is refused for the client, not for users", async () => {
    const sandbox = await sandboxFor();
    const { id, token } = await clientHolding(sandbox, []);
    const user = await userHolding(sandbox, [], ["user-basic-info"]);
    for (const client of [id, "Agent workbench"]) {
      await act(sandbox, "client.update", { client, allowedIpRanges: ["198.51.100.0/28"] });
    }
    expect(reason(await call(sandbox, "GET /api/v2/tokens/me", { token }))).toBe(
      "401 ip.not.authorized Requests originating from this IP address are not authorized: [127.0.0.1]",
    );
    expect((await call(sandbox, "GET /api/v2/tokens/me", { token: user.token })).status).toBe(200);
  });
});

describe("a scope", () => {
  const permissions = ["analytics:conversationDetail:view"];

  test.each([
    [["analytics"], 200],
    [["analytics:readonly"], 200],
    [["routing", "analytics:view"], 403],
    [[], 403],
  ])("is checked for a user's token with %j", async (scopes, status) => {
    const sandbox = await sandboxFor({}, new FakeClock());
    const { token } = await userHolding(sandbox, permissions, scopes);
    expect((await call(sandbox, DETAIL_QUERY, { token, body: LAST_DAY })).status).toBe(status);
  });

  test("is missing with a refusal that names the alternatives", async () => {
    const sandbox = await sandboxFor();
    const { token } = await userHolding(sandbox, permissions, ["routing"]);
    expect(reason(await call(sandbox, DETAIL_QUERY, { token, body: LAST_DAY }))).toBe(
      "403 app.not.authorized.for.scope App not authorized to use scope [analytics, analytics:readonly]",
    );
  });

  test("is irrelevant where the organization does not enforce it, and to client credentials", async () => {
    const sandbox = await sandboxFor({}, new FakeClock());
    const client = await clientHolding(sandbox, permissions);
    expect((await call(sandbox, DETAIL_QUERY, { token: client.token, body: LAST_DAY })).status).toBe(200);
    const user = await userHolding(sandbox, permissions, []);
    await act(sandbox, "settings.patch", { settings: { enforceScopes: false } });
    expect((await call(sandbox, DETAIL_QUERY, { token: user.token, body: LAST_DAY })).status).toBe(200);
  });

  test("is absent from the token of an unapproved app", async () => {
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

describe("an operation that needs a user or a client", () => {
  test("refuses a client when it needs a user", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["*:*:*"]);
    expect(reason(await call(sandbox, "GET /api/v2/users/me", { token }))).toBe(
      "400 not.a.user This request requires a user context. Client credentials cannot be used for requests to this resource.",
    );
  });

  test("refuses a user when it needs a client", async () => {
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
  ])("may be open to a client that reads itself, according to %s", async (setting, operation) => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    expect((await call(sandbox, operation, { token })).status).toBe(200);
    await act(sandbox, "settings.patch", { settings: { [setting]: false } });
    expect((await call(sandbox, operation, { token })).at("code")).toBe("not.a.user");
  });
});

describe("a request that several layers refuse", () => {
  test("is refused by the layer that comes first", async () => {
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
