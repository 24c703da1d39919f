import type { Principal, Role } from "../../platform/principal.ts";
import { covers, grantsHolding, splitPermission } from "../verdict/holdings.ts";
import { type Memory, openMemory } from "../verdict/memoize.ts";
import type { Remedy } from "../verdict/verdict.ts";

/** One role of the organization, seen from a principal that may get it. */
export interface RoleEntry {
  readonly role: Role;
  /** The organization's permissions that it would add; null when the organization's catalogue could not be read. */
  added(): ReadonlySet<string> | null;
}

/** The organization's roles, and what was found out with them. */
export interface RoleBook {
  /** Null when they could not be read. */
  readonly entries: readonly RoleEntry[] | null;
  /** Those that hold a permission without a condition: a conditional line would not make a call pass for certain. */
  holding(permission: string): ReadonlySet<RoleEntry>;
  /** The changes of roles that would supply what is missing; the key says what that is. */
  readonly changes: Memory<readonly Remedy[]>;
}

type Parts = readonly [string, string, string];

/**
 * What each role would add for a principal. Worked out when a role is first asked about and then kept, because
 * a policy asks thousands of questions about a few roles and the same permissions.
 */
export function openRoleBook(principal: Principal): RoleBook {
  const free = once(() => notHeld(principal));
  const entries = principal.roles?.map(
    (role): RoleEntry => ({
      role,
      added: once(() => {
        if (principal.ownedPermissions === null) return null;
        const added = free().filter(({ parts }) => role.policies.some((policy) => covers(policy, parts)));
        return new Set(added.map(({ permission }) => permission));
      }),
    }),
  );
  const holding = openMemory<ReadonlySet<RoleEntry>>();
  return {
    entries: entries ?? null,
    holding: (permission) => holding(permission, () => new Set(entries?.filter(holderOf(permission)))),
    changes: openMemory(),
  };
}

function holderOf(permission: string): (entry: RoleEntry) => boolean {
  const parts = splitPermission(permission);
  return ({ role }) =>
    parts !== null && role.policies.some((policy) => policy.condition === null && covers(policy, parts));
}

/** The permissions of the organization that no grant holds. */
function notHeld({
  ownedPermissions,
  grants,
}: Principal): readonly { readonly permission: string; readonly parts: Parts }[] {
  return [...(ownedPermissions?.keys() ?? [])].flatMap((permission) => {
    const parts = splitPermission(permission);
    if (parts === null || grantsHolding(grants ?? [], parts).grants.length > 0) return [];
    return [{ permission, parts }];
  });
}

function once<Value>(compute: () => Value): () => Value {
  let known: { readonly value: Value } | null = null;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
