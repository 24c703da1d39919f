import type { Named, Principal } from "../../platform/reading/principal.ts";
import { permissionsOfRole, wildcardsOfRole } from "../least/excess.ts";
import type { KeptPermission } from "./kept-permissions.ts";

/** The permissions of one role of a client, split by whether its calls may depend on them. */
export interface RoleUse {
  readonly role: Named;
  /** Names or ids of the divisions; `*` for every division. */
  readonly divisions: readonly string[];
  readonly used: readonly string[];
  /** Held permissions that no observed call needs. */
  readonly notSeen: readonly string[];
  /**
   * Policies with a wildcard, such as `routing:*:*`. They grant more whenever the organization gets new
   * permissions.
   */
  readonly wildcards: readonly string[];
}

/** Everything a client holds, split by whether its calls may depend on it. */
export interface PermissionUse {
  readonly roles: readonly RoleUse[];
  readonly used: readonly string[];
  readonly notSeen: readonly string[];
  /** Whether the lists are complete, because every wildcard could be expanded. */
  readonly isComplete: boolean;
}

/** Splits a client's permissions by role; null when its grants are unknown. */
export function permissionUseOf(principal: Principal, kept: readonly KeptPermission[]): PermissionUse | null {
  const { grants, ownedPermissions } = principal;
  if (grants === null) return null;
  const needed = new Set(kept.map(({ permission }) => permission));
  const roles = [...new Map(grants.map(({ role }) => [role.id, role])).values()].map((role): RoleUse => {
    const permissions = permissionsOfRole(role, principal);
    return {
      role: { id: role.id, name: role.name },
      divisions: grants
        .filter((grant) => grant.role.id === role.id)
        .map(({ division }) => (division === "*" ? "*" : (division.name ?? division.id))),
      used: permissions.filter((permission) => needed.has(permission)),
      notSeen: permissions.filter((permission) => !needed.has(permission)),
      wildcards: wildcardsOfRole(role),
    };
  });
  const all = (pick: (role: RoleUse) => readonly string[]) => [...new Set(roles.flatMap(pick))].toSorted();
  return {
    roles,
    used: all(({ used }) => used),
    notSeen: all(({ notSeen }) => notSeen),
    isComplete: ownedPermissions !== null || roles.every(({ wildcards }) => wildcards.length === 0),
  };
}
