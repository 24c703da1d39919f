import { expect, test } from "vitest";
import { decideOperation } from "../../src/access/decide/decide.ts";
import { openDiagnosis } from "../../src/access/diagnose.ts";
import type { Operation } from "../../src/catalogue/operation.ts";
import type { Principal } from "../../src/platform/principal.ts";
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

test("the organization's roles that add the permission, fewest extra permissions first, then a new role", () => {
  expect(remedies(clientPrincipal({ roles: [master, queues, analyst, viewer] }))).toEqual([
    'assign-role: assign role "Viewer" to OAuth client "Reporting service" in the divisions of the objects it needs; it adds no other permissions',
    'assign-role: assign role "Analyst" to OAuth client "Reporting service" in the divisions of the objects it needs; it adds 3 more permissions',
    'assign-role: assign role "Master Admin" to OAuth client "Reporting service" in the divisions of the objects it needs; it adds 7 more permissions',
    'create-role: create a role that holds only `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view`, and assign it to OAuth client "Reporting service"',
  ]);
});

test("permissions that are held already do not make a role larger", () => {
  const principal = clientPrincipal({
    roles: [analyst],
    grants: [grant(role("Dashboards", "analytics:dashboard:*"))],
  });
  expect(remedies(principal)[0]).toBe(
    'assign-role: assign role "Analyst" to OAuth client "Reporting service" in the divisions of the objects it needs; it adds 1 more permission',
  );
});

test("two roles together when no single one holds ALL", () => {
  const needsBoth: Partial<Operation> = {
    permissionMode: "ALL",
    permissions: ["analytics:conversationDetail:view", "routing:queue:view"],
  };
  expect(remedies(clientPrincipal({ roles: [queues, viewer] }), needsBoth)[0]).toBe(
    'assign-role: assign roles "Viewer" and "Queues" to OAuth client "Reporting service" in the divisions of the objects it needs; it adds 2 more permissions',
  );
});

test("no role holds it, or the roles can't be read", () => {
  expect(remedies(clientPrincipal({ roles: [queues] }))).toEqual([
    'create-role: create a role that holds only `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view` (no existing role holds it), and assign it to OAuth client "Reporting service"',
  ]);
});

test("a division for the role that is assigned already", () => {
  expect(remedies(clientPrincipal({ grants: [grant(viewer, HOME)], roles: [master] }), {}, SALES.id)).toEqual(
    ['add-division: extend role "Viewer" of OAuth client "Reporting service" to division "Sales"'],
  );
  expect(remedies(clientPrincipal({ grants: [grant(viewer, HOME)] }))).toEqual([
    'add-division: extend role "Viewer" of OAuth client "Reporting service" to every division whose objects it needs',
  ]);
});

test("what the organization does not own, no role can add", () => {
  expect(
    remedies(clientPrincipal({ ownedPermissions: [], roles: [master] })).map((line) => line.split(":")[0]),
  ).toEqual(["buy-product"]);
});

test("the narrowest scope, and the need to log in again", () => {
  const [scope, again] = remedies(userPrincipal({ grants: [grant(viewer)], scopes: ["users"] }));
  expect(scope).toBe(
    'add-scope: add scope `analytics:readonly` to OAuth client "Reporting service", then log in again: a token keeps the scopes it was issued with',
  );
  expect(again?.split(":")[0]).toBe("log-in-again");
});

test("scope and permission missing: both are told, in the order in which the platform refuses", () => {
  const kinds = remedies(userPrincipal({ scopes: [], roles: [viewer] })).map((line) => line.split(":")[0]);
  expect(kinds).toEqual(["add-scope", "log-in-again", "assign-role", "create-role"]);
});

test("other layers", () => {
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
    "grant-reading: give the token read access with `authorization:policy:view`, so that genscope can decide; it changes nothing else",
  );
});

test("nothing helps where nothing is wrong", () => {
  expect(remedies(clientPrincipal({ grants: [grant(viewer)] }))).toEqual([]);
});

test("a role that would add a lot comes after making a new one", () => {
  const owned = Array.from({ length: 30 }, (_, index) => ({
    permission: `quality:form${index}:view`,
    label: null,
    isDivisionAware: true,
    allowsConditions: true,
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

test("where roles can't be read, the role can't be named, and reading them comes last for a refusal", () => {
  const unreadable = {
    what: "roles" as const,
    reason: "403",
    permissions: ["authorization:role:view"],
    scopes: [],
    call: null,
  };
  expect(remedies(clientPrincipal({ roles: null, unreadable: [unreadable] }))[0]).toBe(
    'assign-role: assign OAuth client "Reporting service" a role that holds `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view`; with `authorization:role:view` genscope could name the role',
  );
});

test("where the grants can't be read, reading them comes before any change", () => {
  const unreadable = {
    what: "grants" as const,
    reason: "403",
    permissions: ["authorization:grant:view"],
    scopes: [],
    call: null,
  };
  expect(remedies(clientPrincipal({ grants: null, unreadable: [unreadable] }))[0]).toBe(
    "grant-reading: give the token read access with `authorization:grant:view`, so that genscope can decide; it changes nothing else",
  );
});

test("a token that may not ask for its scopes", () => {
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

test("a fresh grant needs a moment", () => {
  expect(remedies(clientPrincipal({ grants: [{ ...grant(viewer), isRecent: true }] }))).toEqual([
    "wait: wait a minute and check again",
    "check-live: ask the service itself: add `--live`",
  ]);
});

test("held under a condition, and in another division only: the division is the remedy", () => {
  const principal = clientPrincipal({ grants: [grant(underCondition(viewer), HOME)] });
  expect(remedies(principal, {}, SALES.id)).toEqual([
    'add-division: extend role "Viewer" of OAuth client "Reporting service" to division "Sales"',
  ]);
});

test("of several requirements each is mended in its own way", () => {
  const needsBoth: Partial<Operation> = {
    permissionMode: "ALL",
    permissions: ["analytics:conversationDetail:view", "routing:queue:view"],
  };
  const principal = clientPrincipal({ grants: [grant(viewer, HOME)], roles: [queues] });
  expect(remedies(principal, needsBoth, SALES.id).slice(0, 2)).toEqual([
    'add-division: extend role "Viewer" of OAuth client "Reporting service" to division "Sales"',
    'assign-role: assign role "Queues" to OAuth client "Reporting service" in division "Sales"; it adds 2 more permissions',
  ]);
  expect(decideOperation(principal, operation(needsBoth), SALES.id).missing).toEqual({
    permissions: ["routing:queue:view"],
    scopes: [],
    divisions: [SALES.id],
  });
});

test("a role that holds the permission under a condition only is no remedy", () => {
  const kinds = remedies(clientPrincipal({ roles: [underCondition(analyst)] })).map(
    (line) => line.split(":")[0],
  );
  expect(kinds).toEqual(["create-role"]);
});

test("in a trusting organization, people of the other one are found elsewhere", () => {
  const principal = userPrincipal({ roles: [viewer], homeOrganization: { id: "org-2", name: "Partner" } });
  const [remedy] = openDiagnosis(principal)({ kind: "operation", operation: operation() }).remedies;
  expect(remedy?.menuPath).toBe(
    "Admin > People & Permissions > Authorized Organizations > Partner (in organization Example)",
  );
});
