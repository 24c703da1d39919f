import type { Operation } from "../../catalogue/operation.ts";
import { nameOf } from "../../catalogue/operation-lookup.ts";

/** A call that has to pass. */
export interface OperationNeed {
  readonly kind: "operation";
  readonly operation: Operation;
}

/** A permission that has to be held, whatever it is used for. */
export interface PermissionNeed {
  readonly kind: "permission";
  readonly permission: string;
}

export type SingleNeed = OperationNeed | PermissionNeed;

/** Several needs of which one suffices. */
export interface AlternativesNeed {
  readonly kind: "alternatives";
  readonly alternatives: readonly SingleNeed[];
}

/** What a service needs of the token it runs with. */
export type Need = SingleNeed | AlternativesNeed;

/** The needs one by one, alternatives included. */
export function singleNeeds(need: Need): readonly SingleNeed[] {
  return need.kind === "alternatives" ? need.alternatives : [need];
}

/** `GET /api/v2/routing/queues`, `routing:queue:view`, or several of them joined by "or". */
export function describeNeed(need: Need): string {
  return singleNeeds(need)
    .map((single) => (single.kind === "operation" ? nameOf(single.operation) : single.permission))
    .join(" or ");
}

/**
 * The sets of permissions that each satisfy a need: for ANY one set for each permission, for ALL one set with
 * all of them, for an operation that names none the empty set.
 */
export function optionsOf(need: Need): readonly (readonly string[])[] {
  return singleNeeds(need).flatMap((single) => {
    if (single.kind === "permission") return [[single.permission]];
    const { permissionMode, permissions } = single.operation;
    if (permissionMode === "NONE" || permissions.length === 0) return [[]];
    return permissionMode === "ANY" ? permissions.map((permission) => [permission]) : [permissions];
  });
}
