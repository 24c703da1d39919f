import { describe, expect, test } from "vitest";
import { requestAccess } from "../../../src/access/request/access-request.ts";
import type { Operation } from "../../../src/catalogue/facts/operation.ts";
import {
  clientPrincipal,
  grant,
  HOME,
  role,
  SALES,
  underCondition,
  userPrincipal,
} from "../../support/principals.ts";
import { judged } from "../../support/request-items.ts";

const viewer = role("Viewer", "analytics:conversationDetail:view");
const analyst = role("Analyst", "analytics:*:*");
const queues = role("Queues", "routing:queue:*");

const QUEUES: Partial<Operation> = {
  method: "GET",
  path: "/api/v2/routing/queues",
  permissionMode: "ALL",
  permissions: ["routing:queue:view"],
};
const BOTH: Partial<Operation> = {
  permissionMode: "ALL",
  permissions: ["analytics:conversationDetail:view", "routing:queue:view"],
};

const changesOf = (...items: Parameters<typeof requestAccess>[0]) =>
  requestAccess(items)?.changes.map(({ kind, sideEffect }) => [kind, sideEffect]);

test("requests nothing when every check passes", () => {
  expect(requestAccess([judged(clientPrincipal({ grants: [grant(viewer)] }))])).toBeNull();
  expect(requestAccess([])).toBeNull();
});

test("requests the smallest role, with its menu path and side effects", () => {
  const request = requestAccess([judged(clientPrincipal({ roles: [analyst] }))]);
  expect(request?.changes).toEqual([
    {
      kind: "create-role",
      summary:
        'create a role that holds only `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view`, and assign it to OAuth client "Reporting service"',
      menuPath: "Admin > People & Permissions > Roles / Permissions",
      newMenuPath: null,
      sideEffect: "nothing else",
      permissions: [
        { permission: "analytics:conversationDetail:view", label: null },
        { permission: "analytics:agentConversationDetail:view", label: null },
      ],
      names: ["POST /api/v2/analytics/conversations/details/query"],
      alternative: null,
    },
  ]);
});

test("offers no alternative when the role has no side effects", () => {
  const request = requestAccess([judged(clientPrincipal({ roles: [viewer] }))]);
  expect(request?.changes.map(({ sideEffect, alternative }) => [sideEffect, alternative])).toEqual([
    ["nothing else", null],
  ]);
});

test("gives the requirement and the refusal as reasons, without near misses", () => {
  const principal = clientPrincipal({ grants: [grant(role("Other", "analytics:conversationDetail:edit"))] });
  expect(requestAccess([judged(principal)])?.needs).toEqual([
    {
      name: "POST /api/v2/analytics/conversations/details/query",
      verdict: "denied",
      layer: "permission",
      reasons: [
        "needs permission `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view` (definition; as of 2026-08-15)",
        "no role of this token holds `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view`",
      ],
    },
  ]);
});

test("requests a change only once when several calls need it", () => {
  const principal = clientPrincipal({ roles: [role("Everything", "analytics:*:*", "routing:*:*")] });
  const request = requestAccess([
    judged(principal, { ...QUEUES, permissions: ["routing:queue:edit"] }),
    judged(principal, {
      ...QUEUES,
      path: "/api/v2/routing/queues/{queueId}",
      permissions: ["routing:queue:edit"],
    }),
  ]);
  expect(request?.changes.map(({ names }) => names)).toEqual([
    ["GET /api/v2/routing/queues", "GET /api/v2/routing/queues/{queueId}"],
  ]);
});

test("combines the new roles of several calls into one", () => {
  const principal = clientPrincipal();
  const request = requestAccess(
    [judged(principal), judged(principal, QUEUES)],
    new Map([["routing:queue:view", "Queue View"]]),
  );
  expect(request?.changes.map(({ summary, sideEffect }) => [summary, sideEffect])).toEqual([
    [
      "create one role that holds only `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view`; `routing:queue:view`, and assign it",
      "nothing else",
    ],
  ]);
  expect(request?.changes[0]?.permissions).toEqual([
    { permission: "analytics:conversationDetail:view", label: null },
    { permission: "analytics:agentConversationDetail:view", label: null },
    { permission: "routing:queue:view", label: "Queue View" },
  ]);
});

test("requests a change for every refusing layer, and a new login for a new scope", () => {
  const request = requestAccess([judged(userPrincipal({ scopes: [], roles: [viewer] }))]);
  expect(request?.changes.map(({ kind, menuPath }) => [kind, menuPath])).toEqual([
    ["add-scope", "Admin > Integrations > OAuth > Reporting service > Scope"],
    ["log-in-again", "Admin > Integrations > Authorized Applications"],
    ["assign-role", "Admin > People & Permissions > People > Agent 1 > Roles"],
  ]);
  expect(request?.needsNewLogin).toBe(true);
});

describe("a request for changes", () => {
  test("asks for both changes when one of two needed permissions lacks a division and the other a role", () => {
    const principal = clientPrincipal({ grants: [grant(viewer, HOME)], roles: [queues] });
    expect(changesOf(judged(principal, BOTH, { divisionId: SALES.id }))?.map(([kind]) => kind)).toEqual([
      "add-division",
      "create-role",
    ]);
  });

  test("asks to extend both roles when each holds one of two needed permissions in another division", () => {
    const principal = clientPrincipal({ grants: [grant(viewer, HOME), grant(queues, HOME)] });
    expect(changesOf(judged(principal, BOTH, { divisionId: SALES.id }))?.map(([kind]) => kind)).toEqual([
      "add-division",
      "add-division",
    ]);
  });

  test("asks to extend one of two roles when each holds a sufficient permission in another division", () => {
    const principal = clientPrincipal({ grants: [grant(viewer, HOME), grant(analyst, HOME)] });
    expect(changesOf(judged(principal, {}, { divisionId: SALES.id }))).toEqual([
      ["add-division", "everything else that this role grants, in that division too"],
    ]);
  });

  test("asks to extend one of two roles when both hold the only needed permission", () => {
    const principal = clientPrincipal({
      grants: [grant(queues, HOME), grant(role("Routing", "routing:*:*"), HOME)],
    });
    expect(changesOf(judged(principal, QUEUES, { divisionId: SALES.id }))?.length).toBe(1);
  });

  test("asks for no read access in addition to a change that removes the refusal", () => {
    const unreadable = {
      what: "roles" as const,
      reason: "403",
      permissions: ["authorization:role:view"],
      scopes: [],
      call: null,
    };
    const item = judged(clientPrincipal({ roles: null, unreadable: [unreadable] }));
    const reading = { kind: "grant-reading" as const, summary: "let the token read roles" };
    expect(changesOf({ ...item, remedies: [...item.remedies, reading] })?.map(([kind]) => kind)).toEqual([
      "create-role",
    ]);
  });

  test("asks only for read access while the grants cannot be read", () => {
    const unreadable = {
      what: "grants" as const,
      reason: "403",
      permissions: ["authorization:grant:view"],
      scopes: [],
      call: null,
    };
    const item = judged(clientPrincipal({ grants: null, roles: [viewer], unreadable: [unreadable] }));
    expect(item.remedies.map(({ kind }) => kind)).toEqual(["grant-reading"]);
    expect(changesOf(item)?.map(([kind]) => kind)).toEqual(["grant-reading"]);
  });

  test("asks only for read access when the verdict is undecided", () => {
    const unreadable = {
      what: "access policies" as const,
      reason: "403",
      permissions: ["authorization:policy:view"],
      scopes: [],
      call: null,
    };
    const principal = clientPrincipal({
      grants: [grant(viewer)],
      accessPolicies: null,
      unreadable: [unreadable],
    });
    expect(changesOf(judged(principal))).toEqual([["grant-reading", "read access only"]]);
  });

  test("asks for a change to a condition", () => {
    expect(changesOf(judged(clientPrincipal({ grants: [grant(underCondition(viewer))] })))).toEqual([
      ["edit-condition", "the same for everyone else with that role"],
    ]);
  });
});

test("requests no permission while the path may name another operation", () => {
  const item = judged(
    clientPrincipal({ roles: [queues] }),
    { ...QUEUES, path: "/api/v2/routing/queues/{queueId}" },
    { name: "GET /api/v2/routing/queues/summary" },
  );
  expect(requestAccess([item])).toMatchObject({
    changes: [],
    ownSteps: [{ summary: "check the path first: a refusal can name the permission of a similar operation" }],
  });
});

test("lists the caller's own steps separately", () => {
  const request = requestAccess([
    judged(clientPrincipal({ grants: [grant(viewer)] }), { grantRule: "not-client-credentials" }),
  ]);
  expect(request?.changes).toEqual([]);
  expect(request?.ownSteps).toEqual([
    {
      name: "POST /api/v2/analytics/conversations/details/query",
      summary: expect.stringContaining("log in as a user"),
    },
  ]);
});

test("lists each correlation id of a refusal once", () => {
  const item = judged(clientPrincipal());
  const call = { kind: "call" as const, summary: "live: returned 403", correlationId: "c-1" };
  const request = requestAccess([
    { ...item, evidence: [...item.evidence, call, call, { ...call, correlationId: null }] },
  ]);
  expect(request?.correlationIds).toEqual(["c-1"]);
});
