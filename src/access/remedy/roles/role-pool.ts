import type { Principal, Role } from "../../../platform/reading/principal.ts";
import {
  covers,
  grantsHolding,
  legacyGrants,
  listsLegacy,
  type PermissionParts,
  splitPermission,
} from "../../verdict/holdings.ts";
import { type Memo, openMemo } from "../../verdict/memoize.ts";
import type { Remedy } from "../../verdict/verdict.ts";

/** A role of the organization that could be assigned to the principal. */
export interface CandidateRole {
  readonly role: Role;
  /** Returns the permissions that the role would add; null when the permission catalog could not be read. */
  added(): ReadonlySet<string> | null;
}

/** The roles of the organization that remedies can suggest. */
export interface RolePool {
  /** All roles; null when they could not be read. */
  readonly candidates: readonly CandidateRole[] | null;
  /**
   * Returns the roles that grant a permission without a condition. With a condition, the call might still be
   * refused.
   */
  holding(permission: string): ReadonlySet<CandidateRole>;
  /** Caches role changes, keyed by the missing permissions. */
  readonly changes: Memo<readonly Remedy[]>;
}

/**
 * Creates the role pool of a principal. What a role would add is computed on first use and cached, because a
 * policy evaluates the same few roles and permissions thousands of times.
 */
export function openRolePool(principal: Principal): RolePool {
  const free = once(() => notHeld(principal));
  const candidates = principal.roles?.map(
    (role): CandidateRole => ({
      role,
      added: once(() => {
        if (principal.ownedPermissions === null) return null;
        const added = free().filter(({ parts }) => role.policies.some((policy) => covers(policy, parts)));
        const legacy = (role.legacyPermissions ?? []).filter(
          (permission) => legacyGrants(principal.grants ?? [], permission).length === 0,
        );
        return new Set([...added.map(({ permission }) => permission), ...legacy]);
      }),
    }),
  );
  const holding = openMemo<ReadonlySet<CandidateRole>>();
  return {
    candidates: candidates ?? null,
    holding: (permission) => holding(permission, () => new Set(candidates?.filter(holderOf(permission)))),
    changes: openMemo(),
  };
}

function holderOf(permission: string): (candidate: CandidateRole) => boolean {
  const parts = splitPermission(permission);
  return ({ role }) =>
    parts === null
      ? listsLegacy(role, permission)
      : role.policies.some((policy) => policy.condition === null && covers(policy, parts));
}

/** Lists the organization's permissions that the principal does not hold. */
function notHeld({
  ownedPermissions,
  grants,
}: Principal): readonly { readonly permission: string; readonly parts: PermissionParts }[] {
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
