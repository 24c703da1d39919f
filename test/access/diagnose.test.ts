import { expect, test } from "vitest";
import { decideOperation } from "../../src/access/decide/decide.ts";
import { openDiagnosis } from "../../src/access/diagnose.ts";
import type { Operation } from "../../src/catalogue/facts/operation.ts";
import type { Principal } from "../../src/platform/reading/principal.ts";
import {
  clientPrincipal,
  grant,
  HOME,
  operation,
  role,
  SALES,
  underCondition,
  userPrincipal,
} from "../support/principals.ts";

const viewer = role("Viewer", "analytics:conversationDetail:view");
const analyst = role("Analyst", "analytics:*:*");
const master = role("Master Admin", "*:*:*");
const queues = role("Queues", "routing:queue:*");

function remedies(
  principal: Principal,
  differences: Partial<Operation> = {},
  divisionId: string | null = null,
): readonly string[] {
  return openDiagnosis(principal)(
    { kind: "operation", operation: operation(differences) },
    { divisionId, isLivePossible: true },
  ).remedies.map(({ kind, summary }) => `${kind}: ${summary}`);
}

test("sorts the offered changes by the number of extra permissions that each adds", () => {
  expect(remedies(clientPrincipal({ roles: [master, queues, analyst, viewer] }))).toEqual([
    'assign-role: assign role "Viewer" to OAuth client "Reporting service" in the divisions of the objects it needs; this adds no other permissions',
    'create-role: create a role that holds only `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view`, and assign it to OAuth client "Reporting service"',
    'assign-role: assign role "Analyst" to OAuth client "Reporting service" in the divisions of the objects it needs; this adds 4 more permissions',
    'assign-role: assign role "Master Admin" to OAuth client "Reporting service" in the divisions of the objects it needs; this adds 8 more permissions',
  ]);
});

test("suggests replacing a word that stands where an id belongs before it suggests a grant", () => {
  const verdict = openDiagnosis(clientPrincipal({ roles: [queues] }))(
    {
      kind: "operation",
      operation: operation({ path: "/api/v2/routing/queues/{queueId}", permissions: ["routing:queue:view"] }),
    },
    { name: "GET /api/v2/routing/queues/summary", isLivePossible: true },
  );
  expect(verdict).toMatchObject({ verdict: "denied", layer: "permission" });
  expect(verdict.remedies.map(({ kind }) => kind)).toEqual(["use-operation", "create-role", "assign-role"]);
  expect(verdict.remedies[0]).toEqual({
    kind: "use-operation",
    layer: "path",
    summary: "check the path first: a refusal can name the permission of a similar operation",
    command: "genscope catalog search routing queues summary",
  });
});

test("does not count permissions that are already held as extra", () => {
  const principal = clientPrincipal({
    roles: [analyst],
    grants: [grant(role("Dashboards", "analytics:dashboard:*"))],
  });
  expect(remedies(principal)[1]).toBe(
    'assign-role: assign role "Analyst" to OAuth client "Reporting service" in the divisions of the objects it needs; this adds 2 more permissions',
  );
});

test("combines two roles when no single role holds ALL", () => {
  const needsBoth: Partial<Operation> = {
    permissionMode: "ALL",
    permissions: ["analytics:conversationDetail:view", "routing:queue:view"],
  };
  expect(remedies(clientPrincipal({ roles: [queues, viewer] }), needsBoth)[1]).toBe(
    'assign-role: assign roles "Viewer" and "Queues" to OAuth client "Reporting service" in the divisions of the objects it needs; this adds 2 more permissions',
  );
});

test("offers only a new role when no existing role holds the permission", () => {
  expect(remedies(clientPrincipal({ roles: [queues] }))).toEqual([
    'create-role: create a role that holds only `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view` (no existing role holds any), and assign it to OAuth client "Reporting service"',
  ]);
});

test("extends an assigned role to the division", () => {
  expect(remedies(clientPrincipal({ grants: [grant(viewer, HOME)], roles: [master] }), {}, SALES.id)).toEqual(
    ['add-division: extend role "Viewer" of OAuth client "Reporting service" to division "Sales"'],
  );
  expect(remedies(clientPrincipal({ grants: [grant(viewer, HOME)] }))).toEqual([
    'add-division: extend role "Viewer" of OAuth client "Reporting service" to every division whose objects it needs',
  ]);
});

test("offers no role for a product that the organization does not own", () => {
  expect(
    remedies(clientPrincipal({ ownedPermissions: [], roles: [master] })).map((line) => line.split(":")[0]),
  ).toEqual(["buy-product"]);
});

test("adds the narrowest scope and asks for a new login", () => {
  const [scope, again] = remedies(userPrincipal({ grants: [grant(viewer)], scopes: ["users"] }));
  expect(scope).toBe(
    'add-scope: add scope `analytics:readonly` to OAuth client "Reporting service", then log in again: a token keeps the scopes it was issued with',
  );
  expect(again?.split(":")[0]).toBe("log-in-again");
});

test("fixes a missing scope and a missing permission in the order in which the platform refuses", () => {
  const kinds = remedies(userPrincipal({ scopes: [], roles: [viewer] })).map((line) => line.split(":")[0]);
  expect(kinds).toEqual(["add-scope", "log-in-again", "assign-role", "create-role"]);
});

test("offers a remedy for each of the other layers", () => {
  const kinds = (principal: Principal, differences: Partial<Operation> = {}) =>
    remedies(principal, differences).map((line) => line.split(":")[0]);
  expect(
    kinds(clientPrincipal({ grants: [grant(viewer)] }), { grantRule: "not-client-credentials" }),
  ).toEqual(["log-in-as-user"]);
  expect(kinds(userPrincipal({ grants: [grant(viewer)] }), { grantRule: "client-credentials-only" })).toEqual(
    ["log-in-as-client"],
  );
  expect(kinds(clientPrincipal({ grants: [grant(underCondition(viewer))] }))).toEqual(["edit-condition"]);
  const unreadable = {
    what: "access policies" as const,
    reason: "403",
    permissions: ["authorization:policy:view"],
    scopes: [],
    call: null,
  };
  expect(
    remedies(clientPrincipal({ grants: [grant(viewer)], accessPolicies: null, unreadable: [unreadable] }))[0],
  ).toBe(
    "grant-reading: give genscope's login a role that holds `authorization:policy:view`, so that genscope can decide; this changes nothing else",
  );
});

test("offers no remedy when the call is allowed", () => {
  expect(remedies(clientPrincipal({ grants: [grant(viewer)] }))).toEqual([]);
});

test("ranks assigning a large role below creating a new one", () => {
  const owned = Array.from({ length: 30 }, (_, index) => ({
    permission: `quality:form${index}:view`,
    label: null,
    isDivisionAware: true,
  }));
  const { ownedPermissions } = clientPrincipal();
  const principal = clientPrincipal({
    roles: [master, viewer],
    ownedPermissions: [...(ownedPermissions?.values() ?? []), ...owned],
  });
  expect(remedies(principal).map((line) => line.slice(0, 34))).toEqual([
    'assign-role: assign role "Viewer" ',
    "create-role: create a role that ho",
    'assign-role: assign role "Master A',
  ]);
});

test("describes the role when roles cannot be read", () => {
  const unreadable = {
    what: "roles" as const,
    reason: "403",
    permissions: ["authorization:role:view"],
    scopes: [],
    call: null,
  };
  expect(remedies(clientPrincipal({ roles: null, unreadable: [unreadable] }))[1]).toBe(
    'assign-role: assign OAuth client "Reporting service" a role that holds `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view`; with `authorization:role:view` genscope could name the role',
  );
});

test("asks for read access before any change when the grants cannot be read", () => {
  const unreadable = {
    what: "grants" as const,
    reason: "403",
    permissions: ["authorization:grant:view"],
    scopes: [],
    call: null,
  };
  expect(remedies(clientPrincipal({ grants: null, unreadable: [unreadable] }))[0]).toBe(
    "grant-reading: give genscope's login a role that holds `authorization:grant:view`, so that genscope can decide; this changes nothing else",
  );
});

test("adds the scope that a token needs to read its own scopes", () => {
  const unreadable = {
    what: "token" as const,
    reason: "403",
    permissions: [],
    scopes: ["user-basic-info"],
    call: {
      method: "GET",
      path: "/api/v2/tokens/me",
      status: 403,
      code: "app.not.authorized.for.scope",
      correlationId: null,
    },
  };
  expect(
    remedies(userPrincipal({ scopes: null, unreadable: [unreadable], grants: [grant(viewer)] }))[0],
  ).toBe(
    'add-scope: add `user-basic-info` and `analytics:readonly` to the scopes of OAuth client "Reporting service" and log in again: this token cannot even read its own scopes',
  );
});

test("suggests waiting when the grant is recent", () => {
  expect(remedies(clientPrincipal({ grants: [{ ...grant(viewer), isRecent: true }] }))).toEqual([
    "wait: wait a minute and check again",
    "check-live: test it with a real call: `check-scopes --live`",
  ]);
});

test.each([
  ["/api/v2/routing/queues", 'genscope check-scopes --live "GET /api/v2/routing/queues"'],
  ["/api/v2/routing/queues/{queueId}", undefined],
])("offers a live call of %s once, with its command where the path needs no id", (path, command) => {
  const principal = clientPrincipal({ grants: [{ ...grant(viewer), isRecent: true }] });
  const subject = operation({ method: "GET", path });
  const { remedies: found } = openDiagnosis(principal)(
    { kind: "operation", operation: subject },
    { divisionId: null, isLivePossible: true },
  );
  const live = found.filter(({ kind }) => kind === "check-live");
  expect(live.map((remedy) => remedy.command)).toEqual([command]);
});

test("extends the division of a role that holds the permission under a condition elsewhere", () => {
  const principal = clientPrincipal({ grants: [grant(underCondition(viewer), HOME)] });
  expect(remedies(principal, {}, SALES.id)).toEqual([
    'add-division: extend role "Viewer" of OAuth client "Reporting service" to division "Sales"',
  ]);
});

test("offers a separate fix for each of several requirements", () => {
  const needsBoth: Partial<Operation> = {
    permissionMode: "ALL",
    permissions: ["analytics:conversationDetail:view", "routing:queue:view"],
  };
  const principal = clientPrincipal({ grants: [grant(viewer, HOME)], roles: [queues] });
  expect(remedies(principal, needsBoth, SALES.id)).toEqual([
    'add-division: extend role "Viewer" of OAuth client "Reporting service" to division "Sales"',
    'create-role: create a role that holds only `routing:queue:view`, and assign it to OAuth client "Reporting service"',
    'assign-role: assign role "Queues" to OAuth client "Reporting service" in division "Sales"; this adds 2 more permissions',
  ]);
  expect(decideOperation(principal, operation(needsBoth), { divisionId: SALES.id }).missing).toEqual({
    permissions: ["routing:queue:view"],
    scopes: [],
    divisions: [SALES.id],
  });
});

test("does not offer a role that holds the permission only under a condition", () => {
  const kinds = remedies(clientPrincipal({ roles: [underCondition(analyst)] })).map(
    (line) => line.split(":")[0],
  );
  expect(kinds).toEqual(["create-role"]);
});

test("points to Authorized Organizations for users of a trusted organization", () => {
  const principal = userPrincipal({ roles: [viewer], homeOrganization: { id: "org-2", name: "Partner" } });
  const [remedy] = openDiagnosis(principal)({ kind: "operation", operation: operation() }).remedies;
  expect(remedy?.menuPath).toBe(
    "Admin > People & Permissions > Authorized Organizations > Partner (in organization Example)",
  );
});

test("counts the same extra permissions of a role for one permission and for alternatives", () => {
  const principal = clientPrincipal({ roles: [analyst] });
  const countOf = (differences: Partial<Operation>) =>
    openDiagnosis(principal)({ kind: "operation", operation: operation(differences) }).remedies.find(
      ({ kind }) => kind === "assign-role",
    )?.extraPermissions;
  expect([countOf({}), countOf({ permissions: ["analytics:conversationDetail:view"] })]).toEqual([4, 4]);
});

test("offers the narrower of two permissions that suffice, and both when none is narrower", () => {
  const wanted = (...permissions: readonly string[]) =>
    openDiagnosis(clientPrincipal())({
      kind: "operation",
      operation: operation({ permissions }),
    }).remedies.find(({ kind }) => kind === "create-role")?.["permissions"];
  expect(wanted("routing:queue:delete", "routing:queue:view")).toEqual(["routing:queue:view"]);
  expect(wanted("routing:queue:edit", "routing:queue:delete")).toEqual(["routing:queue:edit"]);
  expect(wanted("analytics:conversationDetail:view", "routing:queue:view")).toEqual([
    "analytics:conversationDetail:view",
    "routing:queue:view",
  ]);
});

test("extends the role that brings the fewest other permissions into the division", () => {
  const wide = { ...analyst, id: "role-wide" };
  const principal = clientPrincipal({ grants: [grant(wide, HOME), grant(viewer, HOME)] });
  expect(remedies(principal, {}, SALES.id)).toEqual([
    'add-division: extend role "Viewer" of OAuth client "Reporting service" to division "Sales"',
    'add-division: extend role "Analyst" of OAuth client "Reporting service" to division "Sales"; this also extends 3 other permissions of the role',
  ]);
});

test("a permission that could not be read is neither missing nor a reason to widen a role", () => {
  const { missing, remedies: offered } = openDiagnosis(clientPrincipal({ grants: null, roles: [master] }))({
    kind: "operation",
    operation: operation(),
  });
  expect(missing.permissions).toEqual([]);
  expect(offered.filter(({ kind }) => kind !== "grant-reading")).toEqual([]);
});
