import type { Grant, Principal, Role } from "../../platform/reading/principal.ts";
import { permissionsOf } from "./permission-values.ts";

/** Finds a role among the principal's grants, then among the roles of its organization; null when neither has it. */
export function roleIn({ roles, grants }: Principal, roleId: string): Role | null {
  const held = (grants ?? []).find(({ role }) => role.id === roleId)?.role;
  return held ?? roles?.find(({ id }) => id === roleId) ?? null;
}

export function permissionsIn(principal: Principal, roleId: string): readonly string[] | null {
  const role = roleIn(principal, roleId);
  return role === null ? null : permissionsOf(role);
}

export function grantsOf({ grants }: Principal, roleId: string): readonly Grant[] {
  return (grants ?? []).filter(({ role }) => role.id === roleId);
}

/** Returns the principal after an edit of a role, in its grants and among the roles of its organization. */
export function withRole(principal: Principal, roleId: string, edit: (role: Role) => Role): Principal {
  const change = (role: Role) => (role.id === roleId ? edit(role) : role);
  return {
    ...principal,
    grants: principal.grants?.map((grant) => ({ ...grant, role: change(grant.role) })) ?? null,
    roles: principal.roles?.map(change) ?? null,
  };
}

export function withKnownRole(principal: Principal, role: Role): Principal {
  return { ...principal, roles: [...(principal.roles ?? []), role] };
}

/** Returns the principal without a role and without the grants of that role. */
export function withoutRole(principal: Principal, roleId: string): Principal {
  const changed = withGrants(principal, (grants) => grants.filter(({ role }) => role.id !== roleId));
  return { ...changed, roles: principal.roles?.filter(({ id }) => id !== roleId) ?? null };
}

export function withGrants(
  principal: Principal,
  edit: (grants: readonly Grant[]) => readonly Grant[],
): Principal {
  return { ...principal, grants: edit(principal.grants ?? []) };
}

export function grantOf(role: Role, division: Grant["division"]): Grant {
  return { role, division, isRecent: false };
}

export function idOf(division: Grant["division"]): string {
  return division === "*" ? "*" : division.id;
}

/** Returns a division by its id, including its name if it is known. */
export function divisionOf({ divisions }: Principal, id: string): Grant["division"] {
  if (id === "*") return "*";
  return divisions?.find((division) => division.id === id) ?? { id, name: null, isHome: null };
}
