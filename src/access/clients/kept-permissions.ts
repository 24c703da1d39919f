import type { Operation } from "../../catalogue/facts/operation.ts";
import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import { decidingPermissions } from "../decide/deciding-permissions.ts";
import type { Clause } from "../least/clause.ts";
import { findLeastCover } from "../least/cover.ts";
import { splitPermission } from "../verdict/holdings.ts";
import { type HeldPermission, holdingsIn, reachesAsFar } from "./held-permission.ts";
import type { OperationUse } from "./operation-use.ts";

/** A permission that the calls of a client may depend on. */
export interface KeptPermission extends HeldPermission {
  /** Names of the operations that need the permission. */
  readonly neededFor: readonly string[];
}

/** The held permissions that one operation depends on. */
interface Dependence {
  readonly name: string;
  /** Permissions that must all be kept. */
  readonly all: readonly string[];
  /** Alternatives, one of which must be kept; empty when there are none. */
  readonly oneOf: readonly string[];
}

const READING_ACTION = /^(view|search|read)/;
/**
 * Added to the rank of a permission that allows changes, so that read-only permissions are preferred. It exceeds the
 * number of permissions of any operation.
 */
const MANY = 1_000;

/**
 * Returns the smallest set of held permissions that keeps the calls of a client working. Drops an alternative only when
 * the remaining one applies in the same divisions, and no condition, access policy or caveat limits it. Keeps
 * everything else, because a call that passes today must pass tomorrow.
 */
export function keptPermissions(
  principal: Principal,
  uses: readonly OperationUse[],
): readonly KeptPermission[] {
  const holdingOf = holdingsIn(principal);
  const dependences = uses.flatMap(({ operation, requests }) =>
    operation === null || requests === 0 ? [] : [dependenceOf(operation, holdingOf)],
  );
  const clauses: readonly Clause[] = dependences.flatMap(({ all, oneOf }) => [
    ...all.map((permission) => [[permission]]),
    ...(oneOf.length === 0 ? [] : [oneOf.map((permission) => [permission])]),
  ]);
  const places = new Map<string, number>();
  for (const { oneOf } of dependences) {
    for (const [at, name] of oneOf.entries()) places.set(name, Math.min(at, places.get(name) ?? at));
  }
  const { chosen } = findLeastCover(clauses, {
    weightOf: () => 1,
    // The first permission in the definition's list is the usual one. A later one may return less data.
    rankOf: (permission) =>
      (places.get(permission) ?? 0) + (READING_ACTION.test(permission.split(":")[2] ?? "") ? 0 : MANY),
  });
  return chosen.flatMap((permission) => {
    const held = holdingOf(permission);
    const neededFor = dependences
      .filter(({ all, oneOf }) => all.includes(permission) || oneOf.includes(permission))
      .map(({ name }) => name);
    return held === null ? [] : [{ ...held, neededFor: [...new Set(neededFor)].toSorted() }];
  });
}

function dependenceOf(
  operation: Operation,
  holdingOf: (permission: string) => HeldPermission | null,
): Dependence {
  const name = nameOf(operation);
  const { permissions, permissionMode } = operation;
  const reached = permissions.flatMap((permission) => holdingOf(permission) ?? []);
  const isSufficient = (each: HeldPermission) =>
    !each.isConditional && !each.isContested && reached.every((other) => reachesAsFar(each, other));
  const certain = reached.filter(({ isDoubtful }) => !isDoubtful);
  // A legacy permission such as `admin` allows far more than the others. If it is held only through a wildcard,
  // it is not kept when another permission is enough.
  const held = permissionMode === "ANY" && certain.some(isSufficient) ? certain : reached;
  const further = decidingPermissions(operation)
    .concat(operation.caveats.flatMap(({ cases }) => cases.flatMap((each) => each.permissions ?? [])))
    .filter((permission) => !permissions.includes(permission) && holdingOf(permission)?.isDoubtful === false);
  const namesOf = (some: readonly HeldPermission[]) => some.map(({ permission }) => permission);
  if (permissionMode !== "ANY" || dependsOnCircumstances(operation)) {
    return { name, all: [...namesOf(held), ...further], oneOf: [] };
  }
  const sufficient = held.filter(isSufficient);
  if (sufficient.length === 0) return { name, all: [...namesOf(held), ...further], oneOf: [] };
  const narrow = namesOf(sufficient).filter((permission) => splitPermission(permission) !== null);
  return { name, all: further, oneOf: narrow.length > 0 ? narrow : namesOf(sufficient) };
}

/** Whether the request, the object or the caller decides which of the permissions is needed. */
function dependsOnCircumstances({ caveats, note }: Operation): boolean {
  return note !== null || caveats.some(({ kind }) => kind !== "reading-post" && kind !== "effectful-get");
}
