import type { Operation } from "../../catalogue/facts/operation.ts";
import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";

/** A call that must pass. */
export interface OperationNeed {
  readonly kind: "operation";
  readonly operation: Operation;
}

/** A permission that must be held for any purpose. */
export interface PermissionNeed {
  readonly kind: "permission";
  readonly permission: string;
}

export type SingleNeed = OperationNeed | PermissionNeed;

/** Several needs; satisfying one suffices. */
export interface AlternativesNeed {
  readonly kind: "alternatives";
  readonly alternatives: readonly SingleNeed[];
}

/** One thing that a service's token must allow. */
export type Need = SingleNeed | AlternativesNeed;

/** Lists the alternatives of a need, or the need itself. */
export function singleNeeds(need: Need): readonly SingleNeed[] {
  return need.kind === "alternatives" ? need.alternatives : [need];
}

/** Names a need: `GET /api/v2/routing/queues`, `routing:queue:view`, or alternatives joined by "or". */
export function describeNeed(need: Need): string {
  return singleNeeds(need)
    .map((single) => (single.kind === "operation" ? nameOf(single.operation) : single.permission))
    .join(" or ");
}

/**
 * Lists the sets of permissions that each satisfy a need: one set per permission for ANY, a single set for ALL, the
 * empty set for an operation without permissions, and no set while its permissions are not published.
 */
export function optionsOf(need: Need): readonly (readonly string[])[] {
  return singleNeeds(need).flatMap((single) => {
    if (single.kind === "permission") return [[single.permission]];
    const { permissionMode, permissions } = single.operation;
    if (permissionMode === "UNKNOWN") return [];
    if (permissionMode === "NONE" || permissions.length === 0) return [[]];
    return permissionMode === "ANY" ? permissions.map((permission) => [permission]) : [permissions];
  });
}

/** Lists the permissions beyond the formal list that only some requests of a need's operations require. */
export function sometimesNeeded(need: Need): readonly string[] {
  return singleNeeds(need).flatMap((single) => {
    if (single.kind === "permission") return [];
    const { conditionalPermissions, permissions, caveats } = single.operation;
    // Another user, not the caller, must hold the permission of a target.
    const named = caveats.filter(({ kind }) => kind !== "target").flatMap((caveat) => caveat.permissions);
    return [...new Set([...conditionalPermissions, ...named])].filter((name) => !permissions.includes(name));
  });
}

/** Lists the operations of a need whose permissions are not published yet. */
export function unpublishedOf(need: Need): readonly OperationNeed[] {
  return singleNeeds(need).flatMap((single) =>
    single.kind === "operation" && single.operation.permissionMode === "UNKNOWN" ? [single] : [],
  );
}
