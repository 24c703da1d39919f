import type { Grant, Principal } from "../../platform/reading/principal.ts";
import { grantsHolding, splitPermission } from "../verdict/holdings.ts";

/** How a principal holds one permission: the facts that decide whether to keep it. */
export interface HeldPermission {
  readonly permission: string;
  /** Ids of the divisions where the permission is granted; `*` for every division. */
  readonly divisions: ReadonlySet<string>;
  /** Whether the permission is limited to the division of its grant; null when unknown. */
  readonly isDivisionAware: boolean | null;
  /** Whether every grant of the permission has a role condition. */
  readonly isConditional: boolean;
  /** Whether an access policy may deny the permission. */
  readonly isContested: boolean;
  /**
   * Whether this is a legacy permission without colons, such as `admin`, that is held only through a wildcard. It is
   * undocumented whether wildcards grant legacy permissions.
   */
  readonly isDoubtful: boolean;
}

/**
 * Returns a function that looks up how a permission is held and caches the results. That function returns null when
 * the permission is not held or the grants are unknown.
 */
export function holdingsIn(principal: Principal): (permission: string) => HeldPermission | null {
  const known = new Map<string, HeldPermission | null>();
  return (permission) => {
    const found = known.get(permission);
    if (found !== undefined) return found;
    const held = holdingIn(principal, permission);
    known.set(permission, held);
    return held;
  };
}

function holdingIn(principal: Principal, permission: string): HeldPermission | null {
  const { grants, ownedPermissions } = principal;
  if (grants === null) return null;
  const parts = splitPermission(permission);
  const isOwned = parts === null || ownedPermissions === null || ownedPermissions.has(permission);
  if (!isOwned) return null;
  const holding =
    parts === null
      ? { grants: grants.filter((grant) => mayGrantLegacy(grant, permission)), conditionalGrants: [] }
      : grantsHolding(grants, parts);
  const all = [...holding.grants, ...holding.conditionalGrants];
  if (all.length === 0) return null;
  return {
    permission,
    divisions: new Set(all.map(({ division }) => (division === "*" ? "*" : division.id))),
    isDivisionAware: ownedPermissions?.get(permission)?.isDivisionAware ?? null,
    isConditional: holding.grants.length === 0,
    isContested: isContested(principal, permission),
    isDoubtful: parts === null && !holding.grants.some((grant) => listsLegacy(grant, permission)),
  };
}

/** Whether a role lists a legacy permission by name. Roles list legacy permissions outside their policies. */
function listsLegacy({ role }: Grant, permission: string): boolean {
  return role.legacyPermissions?.includes(permission) === true;
}

/**
 * Whether a role may grant a legacy permission: it lists the permission, has a wildcard, or its list of legacy
 * permissions was not read.
 */
function mayGrantLegacy(grant: Grant, permission: string): boolean {
  const { legacyPermissions, policies } = grant.role;
  return (
    legacyPermissions === undefined ||
    listsLegacy(grant, permission) ||
    policies.some(({ domain, entity }) => (domain === "*" || domain === permission) && entity === "*")
  );
}

/** Whether an access policy may deny a permission. Policies that could not be read may deny anything. */
function isContested({ accessPolicies }: Principal, permission: string): boolean {
  if (accessPolicies === null) return true;
  return accessPolicies.some(({ target, isEnabled }) => isEnabled && matchesTarget(target, permission));
}

function matchesTarget(target: string, permission: string): boolean {
  const wanted = permission.split(":");
  return target.split(":").every((part, index) => part === "*" || part === wanted[index]);
}

/** Whether `held` is certain to apply in every division where `other` may apply. */
export function reachesAsFar(held: HeldPermission, other: HeldPermission): boolean {
  if (held.divisions.has("*") || held.isDivisionAware === false) return true;
  return (
    other.isDivisionAware === true && [...other.divisions].every((division) => held.divisions.has(division))
  );
}
