import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { act, call, clientHolding, reason, sandboxFor } from "./client.ts";

const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
const LAST_DAY = { interval: "2026-09-30T00:00:00.000Z/2026-10-01T00:00:00.000Z" };

describe("the division of a permission", () => {
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
  ])("for a role held in %s and an object in %s", async (held, placed, status) => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["routing:queue:view"], held);
    const queue = await queueIn(sandbox, placed);
    expect((await call(sandbox, `GET /api/v2/routing/queues/${queue}`, { token })).status).toBe(status);
  });

  test("is refused with different messages for operations that need all or any permissions", async () => {
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

  test("is irrelevant to a permission that is not division-aware, and does not hide that an id is unknown", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["routing:queue:view"], "Support");
    const queue = await queueIn(sandbox, "Sales");
    expect((await call(sandbox, "GET /api/v2/routing/queues/an-id-of-nothing", { token })).status).toBe(404);
    await act(sandbox, "permission.own", { permission: "routing:queue:view", divisionAware: false });
    expect((await call(sandbox, `GET /api/v2/routing/queues/${queue}`, { token })).status).toBe(200);
  });

  test("filters collections instead of refusing", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["routing:queue:view"], "Sales");
    const reply = await call(sandbox, "GET /api/v2/routing/queues", { token });
    expect(reply.each("entities", "name")).toEqual(["Sales chat", "Sales inbound"]);
  });
});

describe("a role's condition", () => {
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

  // The variables are parameters that the listing declares, because the sandbox refuses others.
  const named = (operator: string, ...values: string[]) => ({
    variableName: "name",
    operator,
    operands: values.map((value) => ({ type: "SCALAR", value })),
  });

  test.each([
    ["EQ", named("EQ", "voice"), "name=voice", 200],
    ["EQ with another value", named("EQ", "voice"), "name=chat", 403],
    ["a variable without a value", named("EQ", "voice"), "", 403],
    ["GT of a variable without a value", named("GT", "a"), "", 403],
    ["IN", named("IN", "chat", "voice"), "name=voice", 200],
    [
      "GE by number",
      { variableName: "pageSize", operator: "GE", operands: [{ type: "SCALAR", value: "9" }] },
      "pageSize=10",
      200,
    ],
    [
      "LT by number",
      { variableName: "pageSize", operator: "LT", operands: [{ type: "SCALAR", value: "9" }] },
      "pageSize=10",
      403,
    ],
    ["AND", { conjunction: "AND", terms: [named("EQ", "voice"), named("EQ", "chat")] }, "name=voice", 403],
    ["OR", { conjunction: "OR", terms: [named("EQ", "voice"), named("EQ", "chat")] }, "name=voice", 200],
  ])("%s", async (_name, condition, query, status) => {
    const sandbox = await sandboxFor();
    const token = await tokenUnder(sandbox, condition);
    expect((await call(sandbox, `${OPERATION}?${query}`, { token })).status).toBe(status);
  });

  test("depends on the object in the path", async () => {
    const sandbox = await sandboxFor();
    const token = await tokenUnder(sandbox, named("EQ", "voice"));
    const object = await act(sandbox, "object.upsert", { attributes: { name: "voice" } });
    expect(
      (await call(sandbox, `GET /api/v2/routing/queues/${object.text("id")}/members?name=chat`, { token }))
        .status,
    ).toBe(200);
  });
});

describe("an access policy", () => {
  const TARGET = "analytics:conversationDetail:view";

  test.each([
    ["for everyone, including clients", { applyToClients: true }, 403],
    ["that spares clients", { applyToClients: false }, 200],
    ["that is not enabled", { applyToClients: true, enabled: false }, 200],
    ["that allows", { applyToClients: true, effect: "ALLOW" }, 200],
    ["for another subject", { applyToClients: true, subject: "Administration" }, 200],
    ["for another target", { applyToClients: true, target: "analytics:userDetail:view" }, 200],
    ["with a wildcard", { applyToClients: true, target: "analytics:*:*" }, 403],
    [
      "with a condition that does not hold",
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

  test("is named by its id, and does not affect an alternative permission that suffices", async () => {
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

describe("a feature of the organization", () => {
  const PREVIEW = "POST /api/v2/analytics/agentutilizations/aggregates/query";

  test("for a preview operation is open only to enrolled organizations", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["*:*:*"]);
    expect(reason(await call(sandbox, PREVIEW, { token, body: {} }))).toBe(
      "403 feature.forbidden This feature is not enabled for this organization.",
    );
    await act(sandbox, "preview.enroll", { operation: PREVIEW });
    expect((await call(sandbox, PREVIEW, { token, body: {} })).status).toBe(200);
  });
});
