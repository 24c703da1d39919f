import type { Operation } from "../facts/operation.ts";
import { nameOf } from "../lookup/operation-lookup.ts";

/** Aspects of an operation's requirement that are compared. */
export const COMPARED_ASPECTS = [
  "permissionMode",
  "permissions",
  "conditionalPermissions",
  "scopes",
  "grantRule",
  "otherAuthentication",
  "isDeprecated",
  "isPreview",
] as const;

export type ComparedAspect = (typeof COMPARED_ASPECTS)[number];

/** One changed aspect of an operation, before and after. */
export interface AspectChange {
  readonly aspect: ComparedAspect;
  readonly before: Operation[ComparedAspect];
  readonly after: Operation[ComparedAspect];
  /** Added and removed entries of a list; empty for other aspects. A change of order alone is ignored. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface OperationChange {
  readonly operation: Operation;
  readonly changes: readonly AspectChange[];
}

export interface CatalogueDifference {
  readonly added: readonly Operation[];
  readonly removed: readonly Operation[];
  readonly changed: readonly OperationChange[];
}

/** Compares two catalogs. The order of a list and the names of path parameters are ignored. */
export function diffCatalogues(before: Iterable<Operation>, after: Iterable<Operation>): CatalogueDifference {
  const earlier = new Map(Array.from(before, (operation) => [identityOf(operation), operation]));
  const added: Operation[] = [];
  const changed: OperationChange[] = [];
  for (const operation of after) {
    const key = identityOf(operation);
    const former = earlier.get(key);
    earlier.delete(key);
    if (former === undefined) {
      added.push(operation);
      continue;
    }
    const changes = COMPARED_ASPECTS.flatMap((aspect) => compareAspect(aspect, former, operation));
    if (changes.length > 0) changed.push({ operation, changes });
  }
  return { added, removed: [...earlier.values()], changed };
}

function compareAspect(
  aspect: ComparedAspect,
  former: Operation,
  operation: Operation,
): readonly AspectChange[] {
  const before = former[aspect];
  const after = operation[aspect];
  if (!Array.isArray(before) || !Array.isArray(after)) {
    return before === after ? [] : [{ aspect, before, after, added: [], removed: [] }];
  }
  const added = after.filter((name) => !before.includes(name));
  const removed = before.filter((name) => !after.includes(name));
  return added.length + removed.length === 0 ? [] : [{ aspect, before, after, added, removed }];
}

/** Returns the identity of an operation: method and path, regardless of the parameter names. */
export function identityOf(operation: Operation): string {
  return nameOf({ method: operation.method, path: operation.path.replace(/\{[^{}]*\}/g, "{}") });
}
