import type { PermissionMode } from "../../../catalogue/facts/operation.ts";
import type { Role } from "../../../platform/reading/principal.ts";
import { compareWidths } from "./narrowness.ts";
import type { CandidateRole, RolePool } from "./role-pool.ts";

/** A role that would grant missing permissions, and what else it would grant. */
export interface RoleChoice {
  readonly role: Role;
  /** The missing permissions that the role grants. */
  readonly supplies: readonly string[];
  /** Every permission that the role would add, including the missing ones; null when that is unknown. */
  readonly added: ReadonlySet<string> | null;
  /** Number of permissions that the role would add beyond the needed ones. An estimate when `added` is null. */
  readonly size: number;
}

/**
 * Lists the organization's roles that grant missing permissions, fewest extra permissions first.
 * @param mode ANY: one of `missing` is enough; ALL: the role must grant all of them
 * @param missing one or more permissions
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
 * Finds a small set of roles that together grant every missing permission. Repeatedly picks the role that grants
 * the most of those still missing. Null when there is a permission that no role grants.
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
    // In mode ANY, only one permission is needed, so all others that the role grants are extra.
    return added.size - (mode === "ANY" ? Math.min(1, supplied) : supplied);
  }
  // The permissions behind a wildcard cannot be counted without the permission catalog, so such a role counts as
  // large.
  return candidate.role.policies.reduce(
    (sum, { domain, entity, actions }) =>
      sum + (domain === "*" || entity === "*" || actions.includes("*") ? 1_000 : actions.length),
    candidate.role.legacyPermissions?.length ?? 0,
  );
}

function nameOf({ role }: RoleChoice): string {
  return role.name ?? role.id;
}
