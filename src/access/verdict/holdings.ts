import type {
  Division,
  Grant,
  OwnedPermission,
  PermissionPolicy,
  Role,
} from "../../platform/reading/principal.ts";

/**
 * The ways to hold a permission, from best to worst. `unowned` means that the organization itself does not have it.
 */
export type HoldingState =
  | "held"
  | "some-divisions"
  | "condition"
  | "unknown"
  | "other-divisions"
  | "absent"
  | "unowned";

/** How one permission is held, and the grants that decide it. */
export interface Holding {
  readonly permission: string;
  readonly state: HoldingState;
  /** Grants whose role contains the permission without a condition. */
  readonly grants: readonly Grant[];
  /** Grants whose role contains the permission only under a condition. */
  readonly conditionalGrants: readonly Grant[];
  /** Why the state is `unknown`, or why a state derived from responses about single permissions is uncertain. */
  readonly doubt: Doubt | null;
  /** A sentence about the API response behind the state, when the state does not come from grants. */
  readonly answer?: string;
}

/**
 * Why it is uncertain how a permission is held. `unread` names the fact that could not be read, or is null when
 * no API provides that fact.
 */
export interface Doubt {
  readonly unread: "grants" | "roles" | "permission catalogue" | null;
  readonly reason: string;
}

/** Domain, entity and action: the three parts of a permission. */
export type PermissionParts = readonly [string, string, string];

/** Splits a permission `domain:entity:action`; null for the few legacy names that consist of one part. */
export function splitPermission(permission: string): PermissionParts | null {
  const parts = permission.split(":");
  return isTriple(parts) ? parts : null;
}

function isTriple(parts: readonly string[]): parts is PermissionParts {
  return parts.length === 3;
}

/** Whether a role policy grants a permission. `*` matches any domain, entity or action. */
export function covers(
  policy: PermissionPolicy,
  [domain, entity, action]: readonly [string, string, string],
): boolean {
  return (
    matches(policy.domain, domain) &&
    matches(policy.entity, entity) &&
    policy.actions.some((pattern) => matches(pattern, action))
  );
}

function matches(pattern: string, part: string): boolean {
  return pattern === "*" || pattern === part;
}

/** Finds the grants whose role contains a permission, split by whether it has a condition there. */
export function grantsHolding(
  grants: readonly Grant[],
  parts: readonly [string, string, string],
): {
  readonly grants: readonly Grant[];
  readonly conditionalGrants: readonly Grant[];
} {
  const unconditional: Grant[] = [];
  const conditional: Grant[] = [];
  for (const grant of grants) {
    const lines = grant.role.policies.filter((policy) => covers(policy, parts));
    if (lines.some((policy) => policy.condition === null)) unconditional.push(grant);
    else if (lines.length > 0) conditional.push(grant);
  }
  return { grants: unconditional, conditionalGrants: conditional };
}

/** Whether a role lists a legacy permission without colons, such as `admin`, which no policy can contain. */
export function listsLegacy({ legacyPermissions }: Role, permission: string): boolean {
  return legacyPermissions?.includes(permission) === true;
}

/** Finds the grants whose role lists a legacy permission. */
export function legacyGrants(grants: readonly Grant[], permission: string): readonly Grant[] {
  return grants.filter(({ role }) => listsLegacy(role, permission));
}

/** Returns how these grants hold a permission in a division, or in every division when `divisionId` is null. */
export function stateOf(
  grants: readonly Grant[],
  conditionalGrants: readonly Grant[],
  owned: OwnedPermission | null,
  divisions: readonly Division[] | null,
  divisionId: string | null,
): HoldingState {
  if (grants.length === 0 && conditionalGrants.length === 0) return "absent";
  if (owned?.isDivisionAware === false) return grants.length > 0 ? "held" : "condition";
  if (divisionId !== null) {
    if (grants.some((grant) => reaches(grant, divisionId))) return "held";
    if (conditionalGrants.some((grant) => reaches(grant, divisionId))) return "condition";
    return owned === null || owned.isDivisionAware === null ? "unknown" : "other-divisions";
  }
  if (coverEveryDivision(grants, divisions)) return "held";
  return grants.length > 0 ? "some-divisions" : "condition";
}

/** Whether a grant applies to objects of a division. */
export function reaches(grant: Pick<Grant, "division">, divisionId: string): boolean {
  return grant.division === "*" || grant.division.id === divisionId;
}

/** Whether grants together apply to objects of every division of the organization. */
export function coverEveryDivision(
  grants: readonly Pick<Grant, "division">[],
  divisions: readonly Division[] | null,
): boolean {
  if (grants.some((grant) => grant.division === "*")) return true;
  // If the list of divisions is unknown or empty, coverage cannot be proved.
  if (divisions === null || divisions.length === 0) return false;
  return divisions.every((division) => grants.some((grant) => reaches(grant, division.id)));
}
