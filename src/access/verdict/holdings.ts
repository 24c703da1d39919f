import type { Division, Grant, OwnedPermission, PermissionPolicy } from "../../platform/reading/principal.ts";

/** How one permission is held, from best to worst; `unowned` means that the organization does not own it. */
export type HoldingState =
  | "held"
  | "some-divisions"
  | "condition"
  | "unknown"
  | "other-divisions"
  | "absent"
  | "unowned";

/** One permission with its state and the grants that hold it. */
export interface Holding {
  readonly permission: string;
  readonly state: HoldingState;
  /** Grants that hold it unconditionally. */
  readonly grants: readonly Grant[];
  /** Grants that hold it only under a role condition. */
  readonly conditionalGrants: readonly Grant[];
  /** Reason for the state `unknown`, or for a state derived from responses about single permissions. */
  readonly doubt: Doubt | null;
  /** The response that the state was derived from, when it is not a list of grants: `users/me names it`. */
  readonly answer?: string;
}

/**
 * The reason why a holding is unknown or uncertain. `unread` names the fact that could not be read; null when
 * no API provides it.
 */
export interface Doubt {
  readonly unread: "grants" | "permission catalogue" | null;
  readonly reason: string;
}

/** Domain, entity and action of a permission. */
export type PermissionParts = readonly [string, string, string];

/** Splits `domain:entity:action`; null for the few legacy names that have one part. */
export function splitPermission(permission: string): PermissionParts | null {
  const parts = permission.split(":");
  return isTriple(parts) ? parts : null;
}

function isTriple(parts: readonly string[]): parts is PermissionParts {
  return parts.length === 3;
}

/** Whether a policy of a role covers a permission; `*` matches any domain, entity or action. */
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

/** Finds the grants whose role covers a permission, split by whether a condition applies. */
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

/** Returns how these grants hold a permission in a division, or in every division for null. */
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
  // Without a list of divisions, or with an empty one, coverage cannot be proved.
  if (divisions === null || divisions.length === 0) return false;
  return divisions.every((division) => grants.some((grant) => reaches(grant, division.id)));
}
