import type { PermissionMode } from "../../../catalogue/facts/operation.ts";
import type { Role } from "../../../platform/reading/principal.ts";
import { compareWidths } from "./narrowness.ts";
import type { CandidateRole, RolePool } from "./role-pool.ts";

/** A role that would add the missing permissions, with everything else it would add. */
export interface RoleChoice {
  readonly role: Role;
  /** The missing permissions that the role contains. */
  readonly supplies: readonly string[];
  /** Every permission it would add, including the missing ones; null when that could not be read. */
  readonly added: ReadonlySet<string> | null;
  /** Number of permissions it would add beyond the needed ones; an estimate when that could not be read. */
  readonly size: number;
}

/**
 * Lists the organization's roles that supply missing permissions, fewest extra permissions first.
 * @param mode ANY: one of `missing` suffices; ALL: a role must hold all of them
 * @param missing at least one
 */
export function chooseRoles(
  pool: RolePool,
  mode: PermissionMode,
  missing: readonly string[],
): readonly RoleChoice[] {
  const holding = missing.map((permission) => pool.holding(permission));
  const isEnough = (candidate: CandidateRole) =>
    mode === "ALL"
      ? holding.every((holders) => holders.has(candidate))
      : holding.some((holders) => holders.has(candidate));
  const choices = (pool.candidates ?? []).filter(isEnough).map((candidate) => ({
    role: candidate.role,
    supplies: missing.filter((_, index) => holding[index]?.has(candidate)),
    added: candidate.added(),
    size: sizeOf(candidate, mode, missing),
  }));
  return choices.toSorted(
    (a, b) => a.size - b.size || compareWidths(a.supplies, b.supplies) || (nameOf(a) < nameOf(b) ? -1 : 1),
  );
}

/**
 * Finds a small set of roles that together contain every missing permission. Each step picks the role that
 * supplies the most permissions that are still missing. Null when a permission is in no role.
 */
export function combineRoles(pool: RolePool, missing: readonly string[]): readonly RoleChoice[] | null {
  const chosen: RoleChoice[] = [];
  let rest = missing;
  while (rest.length > 0) {
    const [best] = chooseRoles(pool, "ANY", rest).toSorted(
      (a, b) => b.supplies.length - a.supplies.length || a.size - b.size,
    );
    if (best === undefined) return null;
    chosen.push(best);
    rest = rest.filter((permission) => !best.supplies.includes(permission));
  }
  return chosen;
}

function sizeOf(candidate: CandidateRole, mode: PermissionMode, missing: readonly string[]): number {
  const added = candidate.added();
  if (added !== null) {
    const supplied = missing.filter((permission) => added.has(permission)).length;
    // For ANY only one is needed, so a role adds the same number whichever check it helps.
    return added.size - (mode === "ANY" ? Math.min(1, supplied) : supplied);
  }
  // Without the permission catalog a wildcard cannot be counted, so a role with one counts as large.
  return candidate.role.policies.reduce(
    (sum, { domain, entity, actions }) =>
      sum + (domain === "*" || entity === "*" || actions.includes("*") ? 1_000 : actions.length),
    0,
  );
}

function nameOf({ role }: RoleChoice): string {
  return role.name ?? role.id;
}
