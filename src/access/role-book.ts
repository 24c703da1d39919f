import type { Principal, Role } from "../platform/principal.ts";
import { covers, grantsHolding, splitPermission } from "./holdings.ts";

/** One role of the organization, seen from a principal that may get it. */
export interface RoleEntry {
  readonly role: Role;
  /** Without a condition: a conditional line would not make a call pass for certain. */
  holds(permission: string): boolean;
  /** The organization's permissions that it would add; null when the organization's catalogue could not be read. */
  added(): ReadonlySet<string> | null;
}

/** The organization's roles; null when they could not be read. */
export type RoleBook = readonly RoleEntry[] | null;

/**
 * What each role would add for a principal. Worked out when a role is first asked about and then kept, because
 * a policy asks thousands of questions about a few roles.
 */
export function openRoleBook(principal: Principal): RoleBook {
  const held = once(() => heldPermissions(principal));
  return (
    principal.roles?.map((role) => ({
      role,
      holds: (permission) => {
        const parts = splitPermission(permission);
        return (
          parts !== null && role.policies.some((policy) => policy.condition === null && covers(policy, parts))
        );
      },
      added: once(() => {
        if (principal.ownedPermissions === null) return null;
        const added = coveredBy(role, principal).filter((permission) => !held().has(permission));
        return new Set(added);
      }),
    })) ?? null
  );
}

function coveredBy(role: Role, { ownedPermissions }: Principal): readonly string[] {
  return [...(ownedPermissions?.keys() ?? [])].filter((permission) => {
    const parts = splitPermission(permission);
    return parts !== null && role.policies.some((policy) => covers(policy, parts));
  });
}

function heldPermissions({ ownedPermissions, grants }: Principal): ReadonlySet<string> {
  return new Set(
    [...(ownedPermissions?.keys() ?? [])].filter((permission) => {
      const parts = splitPermission(permission);
      return parts !== null && grantsHolding(grants ?? [], parts).grants.length > 0;
    }),
  );
}

function once<Value>(compute: () => Value): () => Value {
  let known: { readonly value: Value } | null = null;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
