import { describe, expect, test } from "vitest";
import { FakeClock } from "../support/fake-clock.ts";
import { act, call, clientHolding, reason, sandboxFor } from "./client.ts";

const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
const LAST_DAY = { interval: "2026-09-30T00:00:00.000Z/2026-10-01T00:00:00.000Z" };

describe("an operation's permission in the sandbox", () => {
  test.each([
    ["one of the alternatives", ["analytics:agentConversationDetail:view"], 200],
    ["any action", ["analytics:conversationDetail:*"], 200],
    ["any entity", ["analytics:*:view"], 200],
    ["any domain", ["*:*:view"], 200],
    ["everything", ["*:*:*"], 200],
    ["another action", ["analytics:conversationDetail:edit"], 403],
    ["another case", ["analytics:conversationdetail:view"], 403],
    ["a permission with a longer name", ["analytics:conversationDetails:view"], 403],
    ["nothing", [], 403],
  ])("may be one of two alternatives: the role has %s", async (_name, permissions, status) => {
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
  ])("may be one of two required ones: the role has %s", async (_name, permissions, expected) => {
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
  ])("may be a legacy one: the role has %j", async (permissions, status) => {
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
  ])("is missing with a message that is %s", async (permissionMessage, list) => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    await act(sandbox, "settings.patch", { settings: { permissionMessage } });
    const home = (await call(sandbox, "GET /api/v2/authorization/divisions/home", { token })).text("id");
    expect((await call(sandbox, DETAIL_QUERY, { token, body: LAST_DAY })).at("message")).toBe(
      `Unable to perform the requested action. You must have at least one of the following permissions assigned: ${list.replaceAll("HOME", home)}`,
    );
  });

  test("that the organization does not own is treated as not held", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, ["*:*:*", "socialmedia:topic:view"]);
    expect((await call(sandbox, "GET /api/v2/socialmedia/topics", { token })).at("code")).toBe(
      "missing.any.permissions",
    );
    await act(sandbox, "product.own", { product: "socialListening" });
    expect((await call(sandbox, "GET /api/v2/socialmedia/topics", { token })).status).toBe(200);
  });

  test("of a deleted role is revoked", async () => {
    const sandbox = await sandboxFor();
    const { id, token } = await clientHolding(sandbox, ["routing:queue:view"]);
    expect((await call(sandbox, "GET /api/v2/routing/queues", { token })).status).toBe(200);
    await act(sandbox, "role.delete", { role: `Role of ${id}` });
    expect((await call(sandbox, "GET /api/v2/routing/queues", { token })).status).toBe(403);
  });

  test("that only some requests need is required for those requests", async () => {
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

describe("the propagation of a grant", () => {
  test("makes it readable immediately and enforced later", async () => {
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
