import type {
  ConditionNode,
  Grant,
  OAuthClient,
  Organization,
  PermissionPolicy,
  Role,
  UserGroup,
} from "./organization.ts";
import type { OwnedPermission } from "./permissions.ts";

/**
 * Converts `domain:entity:action` patterns, which may contain wildcards, to permission policies. Actions of the same
 * entity share one policy.
 */
export function policiesOf(
  patterns: readonly string[],
  condition: ConditionNode | null = null,
): readonly PermissionPolicy[] {
  const policies = new Map<string, PermissionPolicy>();
  for (const pattern of patterns) {
    const [domain = "", entityName = "*", action = "*"] = pattern.split(":");
    const key = `${domain}:${entityName}`;
    const actionSet = [...(policies.get(key)?.actionSet ?? []), action];
    policies.set(key, { domain, entityName, actionSet, resourceConditionNode: condition });
  }
  return [...policies.values()];
}

/** Creates an organization with only a home division. */
export function emptyOrganization(
  identity: Pick<Organization, "id" | "name" | "domain" | "homeDivisionId">,
  permissions: Map<string, OwnedPermission>,
  products: ReadonlySet<string>,
): Organization {
  const authority = {
    roles: new Map<string, Role>(),
    grants: new Map<string, readonly Grant[]>(),
    groups: new Map<string, UserGroup>(),
  };
  return {
    ...identity,
    divisions: new Map([[identity.homeDivisionId, { id: identity.homeDivisionId, name: "Home" }]]),
    users: new Map(),
    clients: new Map(),
    policies: new Map(),
    objects: new Map(),
    permissions,
    products: new Set(products),
    enrolledPreviews: new Set(),
    authority,
    enforcedAuthority: authority,
    pendingAuthority: [],
  };
}

/** Creates a client from these fields. All other fields have the admin UI's defaults. */
export function createClient(
  given: Pick<OAuthClient, "id" | "secret" | "name" | "authorizedGrantType"> & Partial<OAuthClient>,
): OAuthClient {
  return {
    scope: [],
    isApproved: true,
    state: "active",
    accessTokenValiditySeconds: 86_400,
    registeredRedirectUri: given.authorizedGrantType === "CODE" ? ["http://localhost"] : [],
    allowedIpRanges: [],
    ...given,
  };
}
