import type { PermissionMode } from "../catalogue/operation.ts";
import type { Principal, Role } from "../platform/principal.ts";
import { covers, grantsHolding, splitPermission } from "./holdings.ts";

/** A role of the organization that would add what is missing, and what else it would add. */
export interface RoleChoice {
  readonly role: Role;
  /** The missing permissions that it covers. */
  readonly adds: readonly string[];
  /** Permissions it would add beyond the missing ones; null when the organization's catalogue could not be read. */
  readonly extraPermissions: readonly string[] | null;
}

/**
 * The organization's roles that supply what is missing, fewest extra permissions first.
 * @param mode ANY: one of `missing` is enough; ALL: a role must hold every one of them
 */
export function chooseRoles(
  principal: Principal,
  mode: PermissionMode,
  missing: readonly string[],
): readonly RoleChoice[] {
  const choices = (principal.roles ?? []).flatMap((role) => {
    const adds = missing.filter((permission) => roleHolds(role, permission));
    const isEnough = mode === "ALL" ? adds.length === missing.length : adds.length > 0;
    return isEnough && adds.length > 0
      ? [{ role, adds, extraPermissions: extraOf(principal, role, missing) }]
      : [];
  });
  return choices.toSorted(
    (a, b) => sizeOf(a) - sizeOf(b) || (a.role.name ?? a.role.id).localeCompare(b.role.name ?? b.role.id),
  );
}

/**
 * When no single role holds every missing permission: a small set of roles that together do, each step
 * taking the role that adds most of what is still missing. Null when some permission is in no role.
 */
export function combineRoles(principal: Principal, missing: readonly string[]): readonly RoleChoice[] | null {
  const chosen: RoleChoice[] = [];
  let rest = missing;
  while (rest.length > 0) {
    const candidates = chooseRoles(principal, "ANY", rest).toSorted(
      (a, b) => b.adds.length - a.adds.length || sizeOf(a) - sizeOf(b),
    );
    const [best] = candidates;
    if (best === undefined) return null;
    chosen.push(best);
    rest = rest.filter((permission) => !best.adds.includes(permission));
  }
  return chosen;
}

function sizeOf({ extraPermissions, role }: RoleChoice): number {
  if (extraPermissions !== null) return extraPermissions.length;
  // Without the catalogue a wildcard can't be counted; a role that has one is taken for large.
  return role.policies.reduce(
    (sum, { domain, entity, actions }) =>
      sum + (domain === "*" || entity === "*" || actions.includes("*") ? 1_000 : actions.length),
    0,
  );
}

/** Without a condition: a conditional line would not make the call pass for certain. */
function roleHolds(role: Role, permission: string): boolean {
  const parts = splitPermission(permission);
  return parts !== null && role.policies.some((policy) => policy.condition === null && covers(policy, parts));
}

function extraOf(principal: Principal, role: Role, missing: readonly string[]): readonly string[] | null {
  if (principal.ownedPermissions === null) return null;
  return principal.ownedPermissions
    .map(({ permission }) => permission)
    .filter((permission) => {
      if (missing.includes(permission)) return false;
      const parts = splitPermission(permission);
      if (parts === null || !role.policies.some((policy) => covers(policy, parts))) return false;
      const held = grantsHolding(principal.grants ?? [], parts);
      return held.grants.length === 0;
    });
}
