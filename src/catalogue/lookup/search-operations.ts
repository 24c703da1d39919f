import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";

/** Conditions of a search; an operation has to meet all of them. */
export interface OperationSearch {
  /** Words, each of which has to occur in the path, id, tag, a permission or a scope, in any case. */
  readonly words?: readonly string[];
  /** Permission that the operation has to name, in any case. */
  readonly permission?: string | undefined;
  /** Scope that the operation has to accept. */
  readonly scope?: string | undefined;
}

/**
 * Returns the matching operations, best first. A word that is a whole segment of the path counts more than
 * part of one.
 */
export function searchOperations(
  catalogue: Catalogue,
  { words = [], permission, scope }: OperationSearch,
): readonly Operation[] {
  const wanted = words.flatMap((word) => word.toLowerCase().split(/\s+/)).filter((word) => word !== "");
  const scored: { readonly operation: Operation; readonly score: number }[] = [];
  for (const operation of permission === undefined
    ? catalogue.operations()
    : catalogue.findByPermission(permission)) {
    if (scope !== undefined && operation.scopes?.includes(scope) !== true) continue;
    const scores = wanted.map((word) => scoreOf(operation, word));
    if (scores.includes(0)) continue;
    scored.push({ operation, score: scores.reduce((sum, score) => sum + score, 0) });
  }
  return scored
    .toSorted(
      (left, right) => right.score - left.score || left.operation.path.length - right.operation.path.length,
    )
    .map(({ operation }) => operation);
}

function scoreOf(operation: Operation, word: string): number {
  const segments = operation.path.toLowerCase().split("/");
  if (segments.includes(word) || operation.method.toLowerCase() === word) return 4;
  if (segments.some((segment) => segment.startsWith(word))) return 3;
  if (operation.path.toLowerCase().includes(word) || operation.operationId.toLowerCase().includes(word)) {
    return 2;
  }
  const others = [
    operation.tag,
    ...operation.permissions,
    ...operation.conditionalPermissions,
    ...(operation.scopes ?? []),
  ];
  return others.some((text) => text.toLowerCase().includes(word)) ? 1 : 0;
}
