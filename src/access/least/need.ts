import type { Caveat } from "../../catalogue/facts/caveat.ts";
import type { Operation } from "../../catalogue/facts/operation.ts";
import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";

/** A call that must pass. */
export interface OperationNeed {
  readonly kind: "operation";
  readonly operation: Operation;
  /**
   * The permissions that the values of this call also require; null or absent when the values are unknown, so that
   * every request of the operation counts.
   */
  readonly callPermissions?: readonly string[] | null;
}

/** A permission that must be held, regardless of the operations that use it. */
export interface PermissionNeed {
  readonly kind: "permission";
  readonly permission: string;
}

export type SingleNeed = OperationNeed | PermissionNeed;

/** Several needs, one of which must be satisfied. */
export interface AlternativesNeed {
  readonly kind: "alternatives";
  readonly alternatives: readonly SingleNeed[];
}

/** One requirement on a service's token: that a call passes or that a permission is held. */
export type Need = SingleNeed | AlternativesNeed;

/** Lists the alternatives of a need, or only the need itself if it has none. */
export function singleNeeds(need: Need): readonly SingleNeed[] {
  return need.kind === "alternatives" ? need.alternatives : [need];
}

/**
 * Returns the name of a need: `GET /api/v2/routing/queues`, `routing:queue:view`, or alternatives joined by
 * "or".
 */
export function describeNeed(need: Need): string {
  return singleNeeds(need)
    .map((single) => (single.kind === "operation" ? nameOf(single.operation) : single.permission))
    .join(" or ");
}

/**
 * Lists the sets of permissions that each satisfy a need. In mode ANY, there is one set per permission; in mode
 * ALL, a single set. An operation without permissions has one empty set, and one with unpublished permissions
 * has no set.
 */
export function optionsOf(need: Need): readonly (readonly string[])[] {
  return singleNeeds(need).flatMap((single) => {
    if (single.kind === "permission") return [[single.permission]];
    const { permissionMode, permissions } = single.operation;
    if (permissionMode === "UNKNOWN") return [];
    const also = single.callPermissions ?? [];
    if (permissionMode === "NONE" || permissions.length === 0) return [also];
    const options = permissionMode === "ANY" ? permissions.map((permission) => [permission]) : [permissions];
    return options.map((option) => [...new Set([...option, ...also])]);
  });
}

/** Lists the permissions outside an operation's formal list that only some of its requests need. */
export function sometimesNeeded(need: Need): readonly string[] {
  return singleNeeds(need).flatMap((single) => {
    if (single.kind === "permission") return [];
    const { conditionalPermissions, permissions, caveats } = single.operation;
    // The permission in a `target` caveat must be held by another user, not by the caller.
    const named = caveats
      .filter((caveat) => caveat.kind !== "target" && !isSettled(caveat, single))
      .flatMap((caveat) => caveat.permissions);
    return [...new Set([...conditionalPermissions, ...named])].filter((name) => !permissions.includes(name));
  });
}

/** Whether the values of a call settle a caveat, so that the permissions of other requests do not matter. */
export function isSettled(caveat: Caveat, { operation, callPermissions }: OperationNeed): boolean {
  if (callPermissions === undefined || callPermissions === null) return false;
  const isPlaced = ({ cases }: Caveat) => cases.some(({ when }) => "in" in when);
  // If the definition documents a refusal without a reason, that refusal is the one that the settled caveat
  // describes.
  return isPlaced(caveat) || (caveat.kind === "own-403" && operation.caveats.some(isPlaced));
}

/** Lists the operations of a need whose permissions are not published. */
export function unpublishedOf(need: Need): readonly OperationNeed[] {
  return singleNeeds(need).flatMap((single) =>
    single.kind === "operation" && single.operation.permissionMode === "UNKNOWN" ? [single] : [],
  );
}
