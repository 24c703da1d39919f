import type { Exchange } from "../../exchange.ts";
import type { Member } from "../../state/roster.ts";

/** An object of the organization that a path can refer to. */
export interface KnownObject {
  readonly name: string;
  /** Null for an object without a division. */
  readonly divisionId: string | null;
}

/** Finds any object of the organization by its id; null for an unknown id. */
export function findObject({ caller, world }: Exchange, id: string): KnownObject | null {
  const { organization } = caller;
  const placed = organization.objects.get(id) ?? organization.users.get(id);
  if (placed !== undefined) return placed;
  const unplaced =
    organization.authority.roles.get(id) ??
    organization.clients.get(id) ??
    organization.divisions.get(id) ??
    organization.policies.get(id);
  if (unplaced !== undefined) return { name: unplaced.name, divisionId: null };
  const member = membersIn(world.roster).find((each) => each.id === id);
  if (member !== undefined) return member;
  const isOther = id === organization.id || world.issuedIds.has(id);
  return isOther || world.archive().find(id, world.dataTimeMs) !== null
    ? { name: "", divisionId: null }
    : null;
}

/** Returns every object of the roster, whatever its kind. */
function membersIn({
  sizes: _sizes,
  divisions: _divisions,
  configured,
  ...kinds
}: Exchange["world"]["roster"]) {
  return [...Object.values(kinds), ...Object.values(configured)].flat<readonly (readonly Member[])[]>();
}
