import { describe, expect, test } from "vitest";
import { decideOperation, decidePermissions } from "../../../src/access/decide/decide.ts";
import type { Operation } from "../../../src/catalogue/facts/operation.ts";
import type { AccessPolicy, Principal } from "../../../src/platform/reading/principal.ts";
import {
  clientPrincipal,
  grant,
  HOME,
  operation,
  role,
  SALES,
  underCondition,
  userPrincipal,
} from "../../support/principals.ts";

const viewer = role("Viewer", "analytics:conversationDetail:view");
const superuser = role("Everything", "*:*:*");
const everywhere = { grants: [grant(viewer)] };
const deny: AccessPolicy = {
  id: "policy-1",
  name: "No analytics",
  effect: "DENY",
  isEnabled: true,
  target: "analytics:*:*",
  appliesToClients: true,
  hasCondition: false,
};

interface Case {
  readonly name: string;
  readonly principal: Principal;
  readonly operation?: Partial<Operation>;
  readonly division?: string;
  readonly caution?: string;
  readonly expected: string;
}

const cases: readonly Case[] = [
  {
    name: "the permission is held in every division",
    principal: clientPrincipal(everywhere),
    expected: "allowed none",
  },
  {
    name: "the second of two alternative permissions is held",
    principal: clientPrincipal({ grants: [grant(role("A", "analytics:agentConversationDetail:*"))] }),
    expected: "allowed none",
  },
  {
    name: "a role with `*:*:*` holds the permission",
    principal: clientPrincipal({ grants: [grant(superuser)] }),
    expected: "allowed none",
  },
  {
    name: "only another action of the same entity is held",
    principal: clientPrincipal({ grants: [grant(role("E", "analytics:conversationDetail:edit"))] }),
    expected: "denied permission",
  },
  { name: "no permission is held", principal: clientPrincipal(), expected: "denied permission" },
  {
    name: "one of two required permissions is missing",
    principal: clientPrincipal(everywhere),
    operation: { permissionMode: "ALL" },
    expected: "denied permission",
  },
  {
    name: "both required permissions are held",
    principal: clientPrincipal({ grants: [grant(role("B", "analytics:*:view"))] }),
    operation: { permissionMode: "ALL" },
    expected: "allowed none",
  },
  {
    name: "the operation needs no permission",
    principal: clientPrincipal({ accessPolicies: null }),
    operation: { permissionMode: "NONE", permissions: [] },
    expected: "allowed none",
  },
  {
    name: "the grants cannot be read",
    principal: clientPrincipal({ grants: null }),
    expected: "unknown permission",
  },

  {
    name: "the permission is held in one of two divisions",
    principal: clientPrincipal({ grants: [grant(viewer, HOME)] }),
    expected: "conditional division",
  },
  {
    name: "the permission is held in both divisions",
    principal: clientPrincipal({ grants: [grant(viewer, HOME), grant(viewer, SALES)] }),
    expected: "allowed none",
  },
  {
    name: "the divisions cannot be read",
    principal: clientPrincipal({ grants: [grant(viewer, HOME)], divisions: null }),
    expected: "conditional division",
  },
  {
    name: "the permission is held in a division and the list of divisions is empty",
    principal: clientPrincipal({ grants: [grant(viewer, HOME)], divisions: [] }),
    expected: "conditional division",
  },
  {
    name: "the permission is held in the object's division",
    principal: clientPrincipal({ grants: [grant(viewer, HOME)] }),
    division: HOME.id,
    expected: "allowed none",
  },
  {
    name: "the permission is held in a division that is not the object's",
    principal: clientPrincipal({ grants: [grant(viewer, HOME)] }),
    division: SALES.id,
    expected: "denied division",
  },
  {
    name: "the permission is held in another division, but divisions do not limit it",
    principal: clientPrincipal({
      grants: [grant(viewer, HOME)],
      ownedPermissions: [
        {
          permission: "analytics:conversationDetail:view",
          label: null,
          isDivisionAware: false,
        },
      ],
    }),
    division: SALES.id,
    expected: "allowed none",
  },
  {
    name: "the permission is held in another division, and it is unknown whether divisions limit it",
    principal: clientPrincipal({
      grants: [grant(viewer, HOME)],
      ownedPermissions: [
        {
          permission: "analytics:conversationDetail:view",
          label: null,
          isDivisionAware: null,
        },
      ],
    }),
    division: SALES.id,
    expected: "unknown permission",
  },

  {
    name: "the only grant of the permission is less than a minute old",
    principal: clientPrincipal({ grants: [{ ...grant(viewer), isRecent: true }] }),
    expected: "conditional permission",
  },
  {
    name: "both a fresh and an old grant hold the permission",
    principal: clientPrincipal({ grants: [{ ...grant(superuser), isRecent: true }, grant(viewer)] }),
    expected: "allowed none",
  },
  {
    name: "the permission is held only under a condition",
    principal: clientPrincipal({ grants: [grant(underCondition(viewer))] }),
    expected: "conditional condition",
  },
  {
    name: "the permission is held with and without a condition",
    principal: clientPrincipal({ grants: [grant(underCondition(viewer)), grant(superuser)] }),
    expected: "allowed none",
  },

  {
    name: "the organization does not own the permission",
    principal: clientPrincipal({ grants: [grant(superuser)], ownedPermissions: [] }),
    expected: "denied product",
  },
  {
    name: "a held permission, when the organization's own permissions cannot be read",
    principal: clientPrincipal({ grants: [grant(superuser)], ownedPermissions: null }),
    expected: "unknown permission",
  },
  {
    name: "a missing permission, when the organization's own permissions cannot be read",
    principal: clientPrincipal({ ownedPermissions: null }),
    expected: "denied permission",
  },
  {
    name: "a preview operation",
    principal: clientPrincipal(everywhere),
    operation: { isPreview: true },
    expected: "unknown product",
  },
  {
    name: "a permission that the backend checks",
    principal: clientPrincipal(everywhere),
    operation: { note: "free text" },
    expected: "unknown permission",
  },
  {
    name: "a permission that some requests need",
    principal: clientPrincipal(everywhere),
    operation: { conditionalPermissions: ["routing:queue:view"] },
    expected: "conditional permission",
  },
  {
    name: "a legacy permission is the only one listed",
    principal: clientPrincipal({ grants: [grant(superuser)] }),
    operation: { permissions: ["admin"] },
    expected: "unknown permission",
  },

  {
    name: "a DENY policy on the permission",
    principal: clientPrincipal({ ...everywhere, accessPolicies: [deny] }),
    expected: "denied policy",
  },
  {
    name: "a DENY policy that exempts clients",
    principal: clientPrincipal({ ...everywhere, accessPolicies: [{ ...deny, appliesToClients: false }] }),
    expected: "allowed none",
  },
  {
    name: "a DENY policy that exempts clients, for a user",
    principal: userPrincipal({ ...everywhere, accessPolicies: [{ ...deny, appliesToClients: false }] }),
    expected: "denied policy",
  },
  {
    name: "a DENY policy that may or may not apply to clients",
    principal: clientPrincipal({ ...everywhere, accessPolicies: [{ ...deny, appliesToClients: null }] }),
    expected: "conditional policy",
  },
  {
    name: "a DENY policy with a condition",
    principal: clientPrincipal({ ...everywhere, accessPolicies: [{ ...deny, hasCondition: true }] }),
    expected: "conditional policy",
  },
  {
    name: "a DENY policy on a target in an unknown format",
    principal: clientPrincipal({ ...everywhere, accessPolicies: [{ ...deny, target: "analytics" }] }),
    expected: "conditional policy",
  },
  {
    name: "a DENY policy on a permission that only some requests need",
    principal: clientPrincipal({
      ...everywhere,
      accessPolicies: [{ ...deny, target: "routing:*:*" }],
      grants: [grant(superuser)],
    }),
    operation: { permissionMode: "NONE", permissions: [], conditionalPermissions: ["routing:queue:view"] },
    expected: "conditional policy",
  },
  {
    name: "the token has the scope `all`, which may not cover the needed one",
    principal: userPrincipal({ ...everywhere, scopes: ["all"] }),
    expected: "unknown scope",
  },
  {
    name: "a disabled DENY policy",
    principal: clientPrincipal({ ...everywhere, accessPolicies: [{ ...deny, isEnabled: false }] }),
    expected: "allowed none",
  },
  {
    name: "a DENY policy on another entity",
    principal: clientPrincipal({
      ...everywhere,
      accessPolicies: [{ ...deny, target: "routing:queue:view" }],
    }),
    expected: "allowed none",
  },
  {
    name: "a DENY policy on one of two alternative permissions, both held",
    principal: clientPrincipal({
      grants: [grant(superuser)],
      accessPolicies: [{ ...deny, target: "analytics:conversationDetail:view" }],
    }),
    expected: "conditional policy",
  },
  {
    name: "a DENY policy on the only one of two alternative permissions that is held",
    principal: clientPrincipal({
      ...everywhere,
      accessPolicies: [{ ...deny, target: "analytics:conversationDetail:view" }],
    }),
    expected: "denied policy",
  },
  {
    name: "a DENY policy on an alternative permission that is not held",
    principal: clientPrincipal({
      ...everywhere,
      accessPolicies: [{ ...deny, target: "analytics:agentConversationDetail:view" }],
    }),
    expected: "conditional policy",
  },
  {
    name: "the access policies cannot be read",
    principal: clientPrincipal({ ...everywhere, accessPolicies: null }),
    expected: "conditional policy",
  },

  { name: "the token has the scope", principal: userPrincipal(everywhere), expected: "allowed none" },
  {
    name: "the token lacks the scope, and scopes are enforced",
    principal: userPrincipal({ ...everywhere, scopes: ["users"] }),
    expected: "denied scope",
  },
  {
    name: "the token lacks the scope, and scopes are not enforced",
    principal: userPrincipal({ ...everywhere, scopes: ["users"], scopesBind: "no" }),
    expected: "allowed none",
  },
  {
    name: "the token lacks the scope, and enforcement is unknown",
    principal: userPrincipal({ ...everywhere, scopes: ["users"], scopesBind: "unknown" }),
    expected: "unknown scope",
  },
  {
    name: "the token's scopes cannot be read",
    principal: userPrincipal({ ...everywhere, scopes: null }),
    expected: "unknown scope",
  },
  {
    name: "the scopes that the operation needs are unknown",
    principal: userPrincipal(everywhere),
    operation: { scopes: null, scopeSource: "unknown" },
    expected: "unknown scope",
  },
  {
    name: "the token has the scope, which the catalog only infers",
    principal: userPrincipal(everywhere),
    operation: { scopeSource: "inferred-high" },
    expected: "unknown scope",
  },
  {
    name: "the token lacks the scope, which the catalog only infers",
    principal: userPrincipal({ ...everywhere, scopes: [] }),
    operation: { scopeSource: "inferred-high" },
    expected: "unknown scope",
  },
  {
    name: "the catalog only infers the scope, and scopes are not enforced",
    principal: clientPrincipal(everywhere),
    operation: { scopeSource: "inferred-low" },
    expected: "allowed none",
  },
  {
    name: "the token has the wider scope and only the read-only scope is listed",
    principal: userPrincipal({ ...everywhere, scopes: ["analytics"] }),
    operation: { scopes: ["analytics:readonly"] },
    expected: "unknown scope",
  },
  {
    name: "the token lacks both scope and permission",
    principal: userPrincipal({ scopes: [] }),
    expected: "denied scope",
  },

  {
    name: "a client calls an operation for users only",
    principal: clientPrincipal(everywhere),
    operation: { grantRule: "not-client-credentials" },
    expected: "denied context",
  },
  {
    name: "a user calls an operation for clients only",
    principal: userPrincipal(everywhere),
    operation: { grantRule: "client-credentials-only" },
    expected: "denied context",
  },
  {
    name: "a token of unknown owner calls an operation for users only",
    principal: clientPrincipal({ ...everywhere, kind: "unknown" }),
    operation: { grantRule: "not-client-credentials" },
    expected: "unknown context",
  },
  {
    name: "a client calls a path with `me`, and its answer to clients is not documented",
    principal: clientPrincipal(everywhere),
    operation: { method: "GET", path: "/api/v2/authorization/subjects/me" },
    expected: "unknown context",
  },
  {
    name: "a client calls a path with `me` that is known to accept clients",
    principal: clientPrincipal(everywhere),
    operation: { method: "GET", path: "/api/v2/organizations/me" },
    expected: "allowed none",
  },
  {
    name: "a client calls a path with `me` that refused it earlier in the run",
    principal: clientPrincipal({
      ...everywhere,
      calls: [
        {
          method: "GET",
          path: "/api/v2/authorization/subjects/me",
          status: 400,
          code: "not.a.user",
          correlationId: null,
        },
      ],
    }),
    operation: { method: "GET", path: "/api/v2/authorization/subjects/me" },
    expected: "denied context",
  },
  {
    name: "a user calls a path with `me`",
    principal: userPrincipal(everywhere),
    operation: { method: "GET", path: "/api/v2/authorization/subjects/me" },
    expected: "allowed none",
  },
  {
    name: "the operation needs no token",
    principal: clientPrincipal(),
    operation: { otherAuthentication: "none" },
    expected: "allowed none",
  },
  {
    name: "the operation needs no token, but its path may not exist",
    principal: clientPrincipal(),
    operation: { otherAuthentication: "none" },
    caution: "`status` is treated as a `sessionId`",
    expected: "conditional path",
  },
  {
    name: "the operation needs a guest's token",
    principal: clientPrincipal(everywhere),
    operation: { otherAuthentication: "guest-chat-jwt" },
    expected: "denied context",
  },

  {
    name: "the service refuses the token",
    principal: clientPrincipal({
      ...everywhere,
      refusal: {
        layer: "token",
        status: 401,
        code: "bad.credentials",
        message: "Invalid login credentials.",
        correlationId: "c",
      },
    }),
    expected: "denied token",
  },
  {
    name: "the service refuses the caller's IP address",
    principal: clientPrincipal({
      ...everywhere,
      refusal: {
        layer: "ip",
        status: 401,
        code: "ip.not.authorized",
        message: "not authorized",
        correlationId: "c",
      },
    }),
    expected: "denied ip",
  },
];

test.each(cases)("$name: $expected", ({ principal, operation: differences, division, caution, expected }) => {
  const { verdict, layer } = decideOperation(principal, operation(differences), {
    divisionId: division ?? null,
    caution: caution ?? null,
  });
  expect(`${verdict} ${layer}`).toBe(expected);
});

describe("evidence for a refusal", () => {
  test("names the missing permission and the near miss", () => {
    const principal = clientPrincipal({
      grants: [grant(role("Auditor", "analytics:conversationDetail:edit"), HOME)],
    });
    const { missing, evidence } = decideOperation(principal, operation(), {});
    expect(missing).toEqual({
      permissions: ["analytics:conversationDetail:view", "analytics:agentConversationDetail:view"],
      scopes: [],
      divisions: [],
    });
    expect(evidence.map(({ summary }) => summary)).toEqual([
      "needs permission `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view` (definition; as of 2026-08-15)",
      "the platform ignores scopes for this token: client credentials depend on roles alone",
      "no role of this token holds `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view`",
      'a similar permission is held: `analytics:conversationDetail:edit` (role "Auditor" in division "Home")',
    ]);
  });

  test("joins absent permissions with `or`, whether one or all of them are needed", () => {
    const both = {
      permissionMode: "ALL",
      permissions: ["routing:queue:view", "routing:queue:edit"],
    } as const;
    const { evidence } = decideOperation(clientPrincipal({}), operation(both), {});
    expect(evidence.map(({ summary }) => summary)).toContain(
      "no role of this token holds `routing:queue:view` or `routing:queue:edit`",
    );
  });

  test("names the scope for a client that must become a user", () => {
    const own = operation({ path: "/api/v2/users/me", grantRule: "not-client-credentials" });
    const { evidence } = decideOperation(clientPrincipal({}), own, {});
    expect(evidence[0]?.summary).toContain("and scope `analytics`");
  });

  test("names the refused division and where the permission is held", () => {
    const principal = clientPrincipal({ grants: [grant(viewer, HOME)] });
    const { missing, evidence } = decideOperation(principal, operation(), { divisionId: SALES.id });
    expect(missing).toEqual({ permissions: [], scopes: [], divisions: [SALES.id] });
    expect(evidence.at(-1)?.summary).toBe(
      '`analytics:conversationDetail:view` is held, but not in division "Sales": it is held by role "Viewer" in division "Home"',
    );
  });

  test("lists every other layer that would refuse the call too", () => {
    const decision = decideOperation(userPrincipal({ scopes: [] }), operation(), {});
    expect(decision.objections.map(({ layer, verdict }) => `${layer} ${verdict}`)).toEqual([
      "scope denied",
      "permission denied",
    ]);
    expect(decision.missing.scopes).toEqual(["analytics", "analytics:readonly"]);
  });
});

test("decides a permission without an operation by grants, divisions and policies alone", () => {
  const REQUIRED = { mode: "ALL", permissions: ["analytics:conversationDetail:view"] } as const;
  expect(decidePermissions(userPrincipal({ ...everywhere, scopes: [] }), REQUIRED, null).verdict).toBe(
    "allowed",
  );
  expect(
    decidePermissions(clientPrincipal({ ...everywhere, accessPolicies: [deny] }), REQUIRED, null).layer,
  ).toBe("policy");
});
