import { enforcedAuthority, heldGrants } from "../state/authority.ts";
import {
  ALL_DIVISIONS,
  type Authority,
  type Organization,
  type PermissionPolicy,
} from "../state/organization.ts";

/** A permission policy of a role, with the division in which the role is granted. */
export interface GrantedPolicy {
  readonly policy: PermissionPolicy;
  readonly divisionId: string;
}

/**
 * Returns the policies that grant `subjectId` this permission, as enforced at `nowMs`. The list is empty when the
 * organization does not own the permission.
 */
export function grantedPoliciesOf(
  organization: Organization,
  subjectId: string,
  permission: string,
  nowMs: number,
): readonly GrantedPolicy[] {
  if (!organization.permissions.has(permission)) return [];
  return linesFor(enforcedAuthority(organization, nowMs), subjectId, permission);
}

/** Returns whether a grant covers objects of `divisionId`. */
export function covers(holding: GrantedPolicy, divisionId: string): boolean {
  return holding.divisionId === ALL_DIVISIONS || holding.divisionId === divisionId;
}

/** Returns the divisions in which a permission is held; `*` for all. */
export function permittedDivisions(
  organization: Organization,
  subjectId: string,
  permission: string,
  nowMs: number,
): ReadonlySet<string> | typeof ALL_DIVISIONS {
  const holdings = grantedPoliciesOf(organization, subjectId, permission, nowMs);
  const isAware = organization.permissions.get(permission)?.divisionAware ?? false;
  if (holdings.some((each) => each.divisionId === ALL_DIVISIONS || !isAware)) return ALL_DIVISIONS;
  return new Set(holdings.map((each) => each.divisionId));
}

/**
 * Returns whether the pattern matches the permission; `*` is a wildcard in any part. A permission with only one part
 * (`admin`) has an empty entity and action.
 */
export function matchesPattern(
  pattern: { readonly domain: string; readonly entityName: string; readonly actionSet: readonly string[] },
  permission: string,
): boolean {
  const [domain = "", entity = "", action = ""] = permission.split(":");
  return (
    (pattern.domain === "*" || pattern.domain === domain) &&
    (pattern.entityName === "*" || pattern.entityName === entity) &&
    pattern.actionSet.some((each) => each === "*" || each === action)
  );
}

function linesFor(authority: Authority, subjectId: string, permission: string): readonly GrantedPolicy[] {
  const holdings: GrantedPolicy[] = [];
  for (const grant of heldGrants(authority, subjectId)) {
    const role = authority.roles.get(grant.roleId);
    if (role?.legacyPermissions?.includes(permission) === true) {
      const policy = { domain: permission, entityName: "", actionSet: [""], resourceConditionNode: null };
      holdings.push({ policy, divisionId: grant.divisionId });
    }
    for (const policy of role?.permissionPolicies ?? []) {
      if (matchesPattern(policy, permission)) holdings.push({ policy, divisionId: grant.divisionId });
    }
  }
  return holdings;
}
