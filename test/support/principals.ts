import type { Operation } from "../../src/catalogue/facts/operation.ts";
import type {
  Division,
  Grant,
  OwnedPermission,
  PermissionPolicy,
  Principal,
  Role,
} from "../../src/platform/reading/principal.ts";

export const HOME: Division = { id: "division-home", name: "Home", isHome: true };
export const SALES: Division = { id: "division-sales", name: "Sales", isHome: false };

/** Returns policies of a role from `domain:entity:action,action` texts. */
export function policies(...texts: readonly string[]): readonly PermissionPolicy[] {
  return texts.map((text) => {
    const [domain = "", entity = "", actions = ""] = text.split(":");
    return { domain, entity, actions: actions.split(","), condition: null };
  });
}

export function role(name: string, ...texts: readonly string[]): Role {
  return { id: `role-${name.toLowerCase()}`, name, policies: policies(...texts) };
}

export function grant(held: Role, division: Grant["division"] = "*"): Grant {
  return { role: held, division, isRecent: false };
}

/** Returns the same role with a condition on each of its policies. */
export function underCondition(held: Role): Role {
  return {
    ...held,
    policies: held.policies.map((policy) => ({
      ...policy,
      condition: { variableName: "Conversation.queues" },
    })),
  };
}

const OWNED = [
  "analytics:conversationDetail:view",
  "analytics:agentConversationDetail:view",
  "analytics:conversationAggregate:view",
  "analytics:dashboard:view",
  "analytics:dashboard:edit",
  "routing:queue:view",
  "routing:queue:edit",
  "routing:queue:delete",
  "authorization:role:view",
].map((permission) => ({ permission, label: null, isDivisionAware: true }));

/** Properties of a principal that a test sets. Owned permissions are given as a list. */
export type Differences = Omit<Partial<Principal>, "ownedPermissions"> & {
  readonly ownedPermissions?: readonly OwnedPermission[] | null;
};

/** Returns a client-credentials principal whose parts are all readable. Tests pass only the differences. */
export function clientPrincipal({ ownedPermissions = OWNED, ...differences }: Differences = {}): Principal {
  return {
    kind: "client",
    refusal: null,
    client: {
      id: "client-1",
      name: "Reporting service",
      grantType: "CLIENT-CREDENTIALS",
      state: "active",
      scopes: [],
      roleDivisions: [],
      organizationId: "org-1",
      dateToDelete: null,
    },
    user: null,
    organization: { id: "org-1", name: "Example" },
    homeOrganization: { id: "org-1", name: "Example" },
    scopes: [],
    scopesBind: "no",
    grants: [],
    answers: null,
    ownedPermissions:
      ownedPermissions === null ? null : new Map(ownedPermissions.map((owned) => [owned.permission, owned])),
    divisions: [HOME, SALES],
    accessPolicies: [],
    roles: [],
    idleTimeout: { isEnabled: false, seconds: null },
    idlesAt: null,
    unreadable: [],
    calls: [],
    ...differences,
  };
}

/** Returns a principal of a user's token whose scopes are enforced. */
export function userPrincipal(differences: Differences = {}): Principal {
  const { client } = clientPrincipal();
  return clientPrincipal({
    kind: "user",
    client: client === null ? null : { ...client, grantType: "CODE" },
    user: { id: "user-1", name: "Agent 1", email: "agent1@example.com" },
    scopes: ["analytics:readonly"],
    scopesBind: "yes",
    ...differences,
  });
}

/** Returns the conversation detail query. Tests pass only the differences. */
export function operation(differences: Partial<Operation> = {}): Operation {
  return {
    method: "POST",
    path: "/api/v2/analytics/conversations/details/query",
    operationId: "postAnalyticsConversationsDetailsQuery",
    tag: "Analytics",
    permissionMode: "ANY",
    permissions: ["analytics:conversationDetail:view", "analytics:agentConversationDetail:view"],
    conditionalPermissions: [],
    scopes: ["analytics", "analytics:readonly"],
    scopeSource: "published",
    grantRule: null,
    otherAuthentication: null,
    isDeprecated: false,
    isPreview: false,
    note: null,
    caveats: [],
    provenance: { source: "definition", date: "2026-08-15" },
    ...differences,
  };
}
