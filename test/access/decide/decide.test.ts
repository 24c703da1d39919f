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
  { name: "held everywhere", principal: clientPrincipal(everywhere), expected: "allowed none" },
  {
    name: "held by the other alternative of ANY",
    principal: clientPrincipal({ grants: [grant(role("A", "analytics:agentConversationDetail:*"))] }),
    expected: "allowed none",
  },
  {
    name: "held by a wildcard at every place",
    principal: clientPrincipal({ grants: [grant(superuser)] }),
    expected: "allowed none",
  },
  {
    name: "another action of the entity",
    principal: clientPrincipal({ grants: [grant(role("E", "analytics:conversationDetail:edit"))] }),
    expected: "denied permission",
  },
  { name: "nothing held", principal: clientPrincipal(), expected: "denied permission" },
  {
    name: "one of ALL missing",
    principal: clientPrincipal(everywhere),
    operation: { permissionMode: "ALL" },
    expected: "denied permission",
  },
  {
    name: "all of ALL held",
    principal: clientPrincipal({ grants: [grant(role("B", "analytics:*:view"))] }),
    operation: { permissionMode: "ALL" },
    expected: "allowed none",
  },
  {
    name: "no permission needed",
    principal: clientPrincipal({ accessPolicies: null }),
    operation: { permissionMode: "NONE", permissions: [] },
    expected: "allowed none",
  },
  {
    name: "grants not readable",
    principal: clientPrincipal({ grants: null }),
    expected: "unknown permission",
  },

  {
    name: "held in one of two divisions",
    principal: clientPrincipal({ grants: [grant(viewer, HOME)] }),
    expected: "conditional division",
  },
  {
    name: "held in both divisions",
    principal: clientPrincipal({ grants: [grant(viewer, HOME), grant(viewer, SALES)] }),
    expected: "allowed none",
  },
  {
    name: "divisions not readable",
    principal: clientPrincipal({ grants: [grant(viewer, HOME)], divisions: null }),
    expected: "conditional division",
  },
  {
    name: "an empty list of divisions proves nothing",
    principal: clientPrincipal({ grants: [grant(viewer, HOME)], divisions: [] }),
    expected: "conditional division",
  },
  {
    name: "held in the object's division",
    principal: clientPrincipal({ grants: [grant(viewer, HOME)] }),
    division: HOME.id,
    expected: "allowed none",
  },
  {
    name: "held in another division than the object's",
    principal: clientPrincipal({ grants: [grant(viewer, HOME)] }),
    division: SALES.id,
    expected: "denied division",
  },
  {
    name: "divisions do not limit this permission",
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
    name: "whether divisions limit it is unknown",
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
    name: "held by a grant of a moment ago",
    principal: clientPrincipal({ grants: [{ ...grant(viewer), isRecent: true }] }),
    expected: "conditional permission",
  },
  {
    name: "held by a fresh grant and by an old one",
    principal: clientPrincipal({ grants: [{ ...grant(superuser), isRecent: true }, grant(viewer)] }),
    expected: "allowed none",
  },
  {
    name: "held under a condition only",
    principal: clientPrincipal({ grants: [grant(underCondition(viewer))] }),
    expected: "conditional condition",
  },
  {
    name: "held under a condition and without",
    principal: clientPrincipal({ grants: [grant(underCondition(viewer)), grant(superuser)] }),
    expected: "allowed none",
  },

  {
    name: "the organization does not own it",
    principal: clientPrincipal({ grants: [grant(superuser)], ownedPermissions: [] }),
    expected: "denied product",
  },
  {
    name: "what it owns is not readable",
    principal: clientPrincipal({ grants: [grant(superuser)], ownedPermissions: null }),
    expected: "unknown permission",
  },
  {
    name: "not held, and what it owns is not readable",
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
    name: "a permission the backend decides",
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
    name: "a legacy permission as the only one",
    principal: clientPrincipal({ grants: [grant(superuser)] }),
    operation: { permissions: ["admin"] },
    expected: "unknown permission",
  },

  {
    name: "DENY on the permission",
    principal: clientPrincipal({ ...everywhere, accessPolicies: [deny] }),
    expected: "denied policy",
  },
  {
    name: "DENY that does not apply to clients",
    principal: clientPrincipal({ ...everywhere, accessPolicies: [{ ...deny, appliesToClients: false }] }),
    expected: "allowed none",
  },
  {
    name: "DENY that applies to users anyway",
    principal: userPrincipal({ ...everywhere, accessPolicies: [{ ...deny, appliesToClients: false }] }),
    expected: "denied policy",
  },
  {
    name: "DENY that does not say whether clients are meant",
    principal: clientPrincipal({ ...everywhere, accessPolicies: [{ ...deny, appliesToClients: null }] }),
    expected: "conditional policy",
  },
  {
    name: "DENY under a condition",
    principal: clientPrincipal({ ...everywhere, accessPolicies: [{ ...deny, hasCondition: true }] }),
    expected: "conditional policy",
  },
  {
    name: "DENY on a target that is not understood",
    principal: clientPrincipal({ ...everywhere, accessPolicies: [{ ...deny, target: "analytics" }] }),
    expected: "conditional policy",
  },
  {
    name: "DENY on a permission that only some requests need",
    principal: clientPrincipal({
      ...everywhere,
      accessPolicies: [{ ...deny, target: "routing:*:*" }],
      grants: [grant(superuser)],
    }),
    operation: { permissionMode: "NONE", permissions: [], conditionalPermissions: ["routing:queue:view"] },
    expected: "conditional policy",
  },
  {
    name: "the scope `all`, which may or may not cover the others",
    principal: userPrincipal({ ...everywhere, scopes: ["all"] }),
    expected: "unknown scope",
  },
  {
    name: "DENY switched off",
    principal: clientPrincipal({ ...everywhere, accessPolicies: [{ ...deny, isEnabled: false }] }),
    expected: "allowed none",
  },
  {
    name: "DENY on another entity",
    principal: clientPrincipal({
      ...everywhere,
      accessPolicies: [{ ...deny, target: "routing:queue:view" }],
    }),
    expected: "allowed none",
  },
  {
    name: "DENY on one of two held alternatives",
    principal: clientPrincipal({
      grants: [grant(superuser)],
      accessPolicies: [{ ...deny, target: "analytics:conversationDetail:view" }],
    }),
    expected: "conditional policy",
  },
  {
    name: "DENY on the only held alternative",
    principal: clientPrincipal({
      ...everywhere,
      accessPolicies: [{ ...deny, target: "analytics:conversationDetail:view" }],
    }),
    expected: "denied policy",
  },
  {
    name: "DENY on an alternative that is not held",
    principal: clientPrincipal({
      ...everywhere,
      accessPolicies: [{ ...deny, target: "analytics:agentConversationDetail:view" }],
    }),
    expected: "conditional policy",
  },
  {
    name: "policies not readable",
    principal: clientPrincipal({ ...everywhere, accessPolicies: null }),
    expected: "conditional policy",
  },

  { name: "scope held", principal: userPrincipal(everywhere), expected: "allowed none" },
  {
    name: "scope missing and enforced",
    principal: userPrincipal({ ...everywhere, scopes: ["users"] }),
    expected: "denied scope",
  },
  {
    name: "scope missing and not enforced",
    principal: userPrincipal({ ...everywhere, scopes: ["users"], scopesBind: "no" }),
    expected: "allowed none",
  },
  {
    name: "scope missing, enforcement unknown",
    principal: userPrincipal({ ...everywhere, scopes: ["users"], scopesBind: "unknown" }),
    expected: "unknown scope",
  },
  {
    name: "scopes not readable",
    principal: userPrincipal({ ...everywhere, scopes: null }),
    expected: "unknown scope",
  },
  {
    name: "scope not in the catalogue",
    principal: userPrincipal(everywhere),
    operation: { scopes: null, scopeSource: "unknown" },
    expected: "unknown scope",
  },
  {
    name: "an inferred scope held",
    principal: userPrincipal(everywhere),
    operation: { scopeSource: "inferred-high" },
    expected: "unknown scope",
  },
  {
    name: "an inferred scope missing",
    principal: userPrincipal({ ...everywhere, scopes: [] }),
    operation: { scopeSource: "inferred-high" },
    expected: "unknown scope",
  },
  {
    name: "an inferred scope where scopes do not bind",
    principal: clientPrincipal(everywhere),
    operation: { scopeSource: "inferred-low" },
    expected: "allowed none",
  },
  {
    name: "the wider scope where only the lesser is listed",
    principal: userPrincipal({ ...everywhere, scopes: ["analytics"] }),
    operation: { scopes: ["analytics:readonly"] },
    expected: "unknown scope",
  },
  {
    name: "scope and permission missing: the platform refuses the scope first",
    principal: userPrincipal({ scopes: [] }),
    expected: "denied scope",
  },

  {
    name: "a client where a user is needed",
    principal: clientPrincipal(everywhere),
    operation: { grantRule: "not-client-credentials" },
    expected: "denied context",
  },
  {
    name: "a user where a client is needed",
    principal: userPrincipal(everywhere),
    operation: { grantRule: "client-credentials-only" },
    expected: "denied context",
  },
  {
    name: "the owner of the token is unknown",
    principal: clientPrincipal({ ...everywhere, kind: "unknown" }),
    operation: { grantRule: "not-client-credentials" },
    expected: "unknown context",
  },
  {
    name: "a client as `me`, which is not documented",
    principal: clientPrincipal(everywhere),
    operation: { method: "GET", path: "/api/v2/authorization/subjects/me" },
    expected: "unknown context",
  },
  {
    name: "a client as `me`, where the platform is known to answer",
    principal: clientPrincipal(everywhere),
    operation: { method: "GET", path: "/api/v2/organizations/me" },
    expected: "allowed none",
  },
  {
    name: "a client as `me`, as it was answered before",
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
    name: "a user as `me`",
    principal: userPrincipal(everywhere),
    operation: { method: "GET", path: "/api/v2/authorization/subjects/me" },
    expected: "allowed none",
  },
  {
    name: "no token needed",
    principal: clientPrincipal(),
    operation: { otherAuthentication: "none" },
    expected: "allowed none",
  },
  {
    name: "no token needed, at a path that may not exist",
    principal: clientPrincipal(),
    operation: { otherAuthentication: "none" },
    caution: "`status` is treated as a `sessionId`",
    expected: "conditional path",
  },
  {
    name: "a guest's token needed",
    principal: clientPrincipal(everywhere),
    operation: { otherAuthentication: "guest-chat-jwt" },
    expected: "denied context",
  },

  {
    name: "the token is refused",
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
    name: "the address is refused",
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

  test("lists every layer that would refuse next", () => {
    const decision = decideOperation(userPrincipal({ scopes: [] }), operation(), {});
    expect(decision.objections.map(({ layer, verdict }) => `${layer} ${verdict}`)).toEqual([
      "scope denied",
      "permission denied",
    ]);
    expect(decision.missing.scopes).toEqual(["analytics", "analytics:readonly"]);
  });
});

test("decides a bare permission by grants, divisions and policies alone", () => {
  const REQUIRED = { mode: "ALL", permissions: ["analytics:conversationDetail:view"] } as const;
  expect(decidePermissions(userPrincipal({ ...everywhere, scopes: [] }), REQUIRED, null).verdict).toBe(
    "allowed",
  );
  expect(
    decidePermissions(clientPrincipal({ ...everywhere, accessPolicies: [deny] }), REQUIRED, null).layer,
  ).toBe("policy");
});
