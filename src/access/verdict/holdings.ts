import type {
  Division,
  Grant,
  OwnedPermission,
  PermissionPolicy,
  Principal,
} from "../../platform/principal.ts";

/** How one permission is held, from best to worst; `unowned` means the organization does not have it at all. */
export type HoldingState =
  | "held"
  | "some-divisions"
  | "condition"
  | "unknown"
  | "other-divisions"
  | "absent"
  | "unowned";

/** One permission, how it is held, and by which grants. */
export interface Holding {
  readonly permission: string;
  readonly state: HoldingState;
  /** Grants that hold it without a condition. */
  readonly grants: readonly Grant[];
  /** Grants that hold it under a role condition only. */
  readonly conditionalGrants: readonly Grant[];
  /** Why the state is `unknown`; null otherwise. */
  readonly doubt: Doubt | null;
}

/** What keeps a holding unknown: a fact that could not be read, or one that nobody states (`unread` is null). */
export interface Doubt {
  readonly unread: "grants" | "permission catalogue" | null;
  readonly reason: string;
}

/** The three parts of `domain:entity:action`, or null for the few legacy names with one part. */
export function splitPermission(permission: string): readonly [string, string, string] | null {
  const parts = permission.split(":");
  return isTriple(parts) ? parts : null;
}

function isTriple(parts: readonly string[]): parts is readonly [string, string, string] {
  return parts.length === 3;
}

/** Whether a line of a role covers a permission; `*` stands for anything at its place. */
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

/**
 * How the principal holds one permission. With a division, in that division; without one, everywhere,
 * because the object a call will touch is not known. Doubts make the state worse, never better.
 */
export function holdingOf(principal: Principal, permission: string, divisionId: string | null): Holding {
  const none = { permission, grants: [], conditionalGrants: [] };
  const parts = splitPermission(permission);
  if (parts === null) {
    return {
      ...none,
      state: "unknown",
      doubt: { unread: null, reason: "a legacy name that no role lists" },
    };
  }
  const owned = principal.ownedPermissions?.get(permission) ?? null;
  if (principal.ownedPermissions !== null && owned === null)
    return { ...none, state: "unowned", doubt: null };
  if (principal.grants === null)
    return {
      ...none,
      state: "unknown",
      doubt: { unread: "grants", reason: "the grants of this token could not be read" },
    };

  const { grants, conditionalGrants } = grantsHolding(principal.grants, parts);
  const state = stateOf(grants, conditionalGrants, owned, principal.divisions, divisionId);
  if (principal.ownedPermissions === null && state !== "absent") {
    const reason =
      "the organization's permission catalogue could not be read, so whether it owns this permission is not known";
    const doubt = { unread: "permission catalogue" as const, reason };
    return { permission, state: "unknown", grants, conditionalGrants, doubt };
  }
  const doubt =
    state === "unknown"
      ? { unread: null, reason: "whether divisions limit this permission is not known" }
      : null;
  return { permission, state, grants, conditionalGrants, doubt };
}

/** The grants whose role covers a permission, without and only under a condition. */
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

function stateOf(
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

/** Whether a grant is good for objects of a division. */
export function reaches(grant: Grant, divisionId: string): boolean {
  return grant.division === "*" || grant.division.id === divisionId;
}

function coverEveryDivision(grants: readonly Grant[], divisions: readonly Division[] | null): boolean {
  if (grants.some((grant) => grant.division === "*")) return true;
  // No list, or an empty one, says nothing about which divisions there are.
  if (divisions === null || divisions.length === 0) return false;
  return divisions.every((division) => grants.some((grant) => reaches(grant, division.id)));
}
