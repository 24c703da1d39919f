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

type Parts = readonly [string, string, string];

/**
 * What each role would add for a principal. Worked out when a role is first asked about and then kept, because
 * a policy asks thousands of questions about a few roles and the same permissions.
 */
export function openRoleBook(principal: Principal): RoleBook {
  const owned = once(() => splitOwned(principal));
  const held = once(() => heldPermissions(principal, owned()));
  return (
    principal.roles?.map((role) => ({
      role,
      holds: remembering((permission) => {
        const parts = splitPermission(permission);
        return (
          parts !== null && role.policies.some((policy) => policy.condition === null && covers(policy, parts))
        );
      }),
      added: once(() => {
        if (principal.ownedPermissions === null) return null;
        const added = [...owned()].filter(
          ([permission, parts]) =>
            !held().has(permission) && role.policies.some((policy) => covers(policy, parts)),
        );
        return new Set(added.map(([permission]) => permission));
      }),
    })) ?? null
  );
}

function splitOwned({ ownedPermissions }: Principal): ReadonlyMap<string, Parts> {
  const owned = new Map<string, Parts>();
  for (const permission of ownedPermissions?.keys() ?? []) {
    const parts = splitPermission(permission);
    if (parts !== null) owned.set(permission, parts);
  }
  return owned;
}

function heldPermissions({ grants }: Principal, owned: ReadonlyMap<string, Parts>): ReadonlySet<string> {
  const held = [...owned].filter(([, parts]) => grantsHolding(grants ?? [], parts).grants.length > 0);
  return new Set(held.map(([permission]) => permission));
}

function remembering(answer: (question: string) => boolean): (question: string) => boolean {
  const known = new Map<string, boolean>();
  return (question) => {
    const earlier = known.get(question);
    if (earlier !== undefined) return earlier;
    const found = answer(question);
    known.set(question, found);
    return found;
  };
}

function once<Value>(compute: () => Value): () => Value {
  let known: { readonly value: Value } | null = null;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
