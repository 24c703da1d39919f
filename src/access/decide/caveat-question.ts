import type { Caveat } from "../../catalogue/facts/caveat.ts";
import type { Operation } from "../../catalogue/facts/operation.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import type { LayerCache } from "./layer-cache.ts";
import { pathValue, type RequestValues } from "./request-values.ts";

/** The facts that decide whether a caveat of an operation applies to a call. */
export interface CaveatQuestion {
  readonly principal: Principal;
  readonly operation: Operation;
  /** Id of the object's division; null when it is unknown. */
  readonly divisionId: string | null;
  readonly values: RequestValues;
  readonly layers: LayerCache;
  /** Whether the object of the call was submitted by the caller. */
  readonly isSubmitter: boolean;
}

/** Which case of a caveat applies to a call, or why none was found. */
export type FoundCase =
  /** The call does not use the parameter. */
  | { readonly kind: "not-asked" }
  /** The value of the parameter is not given, so the case is unknown. */
  | { readonly kind: "open"; readonly name: string; readonly isInPath: boolean }
  /** The platform does not document which permission this value needs. */
  | { readonly kind: "unlisted"; readonly value: string }
  | {
      readonly kind: "listed";
      readonly value: string;
      readonly permissions: readonly string[];
      readonly isConfirmed: boolean;
      /** Ids of the divisions in which the permissions must be held; null means every division. */
      readonly divisions: readonly (string | null)[];
    };

/**
 * Whether the token holds all of the permissions and no other layer raises an objection.
 * @param divisions where the permissions must be held; null means every division. Default: the object's division.
 */
export function isHeld(
  { layers, divisionId }: CaveatQuestion,
  permissions: readonly string[],
  divisions: readonly (string | null)[] = [divisionId],
): boolean {
  return divisions.every((division) => {
    const { permissions: held, recency, policies } = layers.ofPermissions("ALL", permissions, division);
    return [held, recency, policies].every(({ verdict }) => verdict === "allowed");
  });
}

/** Whether the operation's permissions are held only under a condition. */
export function needsTeams({ operation, divisionId, layers }: CaveatQuestion): boolean {
  const { permissions } = layers.ofPermissions(operation.permissionMode, operation.permissions, divisionId);
  return permissions.layer === "condition";
}

/** Whether the call has, or may have, the query parameter or path value that a caveat is about. */
export function isRequestWith({ condition }: Caveat, { values }: CaveatQuestion): boolean {
  // Ignores case, because it is not documented whether the platform compares path values case-sensitively.
  if (condition?.path !== undefined) {
    return pathValue(values, condition.path)?.toLowerCase() === condition.value?.toLowerCase();
  }
  if (condition?.query === undefined || condition.body !== undefined || values.query === null) return true;
  return values.query.has(condition.query);
}

/** Finds the case of a caveat that applies to the value in the call. */
export function findCase(
  { cases }: Pick<Caveat, "cases">,
  { values, divisionId }: Pick<CaveatQuestion, "values" | "divisionId">,
): FoundCase {
  const placed = cases.flatMap((each) => ("in" in each.when ? [{ ...each, when: each.when }] : []));
  const [first] = placed;
  if (first === undefined) return { kind: "not-asked" };
  const { in: place, name } = first.when;
  if (place === "path") {
    const value = pathValue(values, name);
    if (value === null) return { kind: "open", name, isInPath: true };
    const found = placed.find(({ when }) => when.value.toLowerCase() === value.toLowerCase());
    if (found === undefined || found.permissions === null) return { kind: "unlisted", value };
    const { permissions, isConfirmed } = found;
    // Moving an object requires the permission in its current division and in the division that the path names.
    const divisions = divisionId === null ? [null] : [divisionId, pathValue(values, "divisionId")];
    return { kind: "listed", value, permissions, isConfirmed, divisions };
  }
  if (values.query === null) return { kind: "open", name, isInPath: false };
  const given = values.query.getAll(name).flatMap((value) => value.split(","));
  const found = placed.filter(({ when }) => given.includes(when.value));
  if (found.length === 0) return { kind: "not-asked" };
  return {
    kind: "listed",
    value: found.map(({ when }) => when.value).join(","),
    permissions: found.flatMap(({ permissions }) => permissions ?? []),
    isConfirmed: found.every(({ isConfirmed, permissions }) => isConfirmed && permissions !== null),
    divisions: [divisionId],
  };
}
