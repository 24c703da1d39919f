import type { PermissionMode } from "../../catalogue/operation.ts";
import type { Role } from "../../platform/principal.ts";
import type { RoleBook, RoleEntry } from "./role-pool.ts";

/** A role of the organization that would add what is missing, and what else it would add. */
export interface RoleChoice {
  readonly role: Role;
  /** The missing permissions that it holds. */
  readonly supplies: readonly string[];
  /** Everything that it would add, the missing ones included; null when that could not be read. */
  readonly added: ReadonlySet<string> | null;
  /** How many permissions it would add beyond the missing ones, or an estimate where that could not be read. */
  readonly size: number;
}

/**
 * The organization's roles that supply what is missing, fewest extra permissions first.
 * @param mode ANY: one of `missing` is enough; ALL: a role must hold every one of them
 * @param missing at least one
 */
export function chooseRoles(
  book: RoleBook,
  mode: PermissionMode,
  missing: readonly string[],
): readonly RoleChoice[] {
  const holding = missing.map((permission) => book.holding(permission));
  const isEnough = (entry: RoleEntry) =>
    mode === "ALL"
      ? holding.every((holders) => holders.has(entry))
      : holding.some((holders) => holders.has(entry));
  const choices = (book.entries ?? []).filter(isEnough).map((entry) => ({
    role: entry.role,
    supplies: missing.filter((_, index) => holding[index]?.has(entry)),
    added: entry.added(),
    size: sizeOf(entry, missing),
  }));
  return choices.toSorted((a, b) => a.size - b.size || (nameOf(a) < nameOf(b) ? -1 : 1));
}

/**
 * When no single role holds every missing permission: a small set of roles that together do, each step
 * taking the role that adds most of what is still missing. Null when some permission is in no role.
 */
export function combineRoles(book: RoleBook, missing: readonly string[]): readonly RoleChoice[] | null {
  const chosen: RoleChoice[] = [];
  let rest = missing;
  while (rest.length > 0) {
    const [best] = chooseRoles(book, "ANY", rest).toSorted(
      (a, b) => b.supplies.length - a.supplies.length || a.size - b.size,
    );
    if (best === undefined) return null;
    chosen.push(best);
    rest = rest.filter((permission) => !best.supplies.includes(permission));
  }
  return chosen;
}

function sizeOf(entry: RoleEntry, missing: readonly string[]): number {
  const added = entry.added();
  if (added !== null) return added.size - missing.filter((permission) => added.has(permission)).length;
  // Without the catalogue a wildcard can't be counted; a role that has one is taken for large.
  return entry.role.policies.reduce(
    (sum, { domain, entity, actions }) =>
      sum + (domain === "*" || entity === "*" || actions.includes("*") ? 1_000 : actions.length),
    0,
  );
}

function nameOf({ role }: RoleChoice): string {
  return role.name ?? role.id;
}
