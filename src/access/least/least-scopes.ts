import type { Operation } from "../../catalogue/operation.ts";
import { nameOf } from "../../catalogue/operation-lookup.ts";
import { findLeastCover, type Tie } from "./cover.ts";

/** The scopes an OAuth client needs for some operations. */
export interface LeastScopes {
  readonly scopes: readonly string[];
  readonly ties: readonly Tie[];
  readonly isExact: boolean;
  /** Operations whose scopes are not known. */
  readonly unknown: readonly string[];
  /** Operations whose scopes are inferred from related ones. */
  readonly inferred: readonly string[];
}

/** More than there are scopes: one scope that also changes outweighs any number of reading ones. */
const CHANGES_SOMETHING = 10_000;

/**
 * The narrowest scopes with one of each operation's list: as few as possible that allow changes, then as few
 * as possible. Where a call needs `routing`, a second one that takes `routing` or `routing:readonly` adds nothing.
 */
export function leastScopes(operations: readonly Operation[]): LeastScopes {
  const clauses = operations.map(({ scopes }) => (scopes ?? []).map((scope) => [scope]));
  const { chosen, ties, isExact } = findLeastCover(
    clauses.filter(({ length }) => length > 0),
    { weightOf: (scope) => (isReading(scope) ? 1 : CHANGES_SOMETHING), dislikeOf: () => 0 },
  );
  const named = (matches: (operation: Operation) => boolean) => [
    ...new Set(operations.filter(matches).map(nameOf)),
  ];
  return {
    scopes: chosen,
    ties,
    isExact,
    unknown: named(({ scopes }) => scopes === null),
    inferred: named(({ scopes, scopeSource }) => scopes !== null && scopeSource !== "published"),
  };
}

/** `user-basic-info` reads, although it does not say so as the others do. */
function isReading(scope: string): boolean {
  return scope.endsWith(":readonly") || scope === "user-basic-info";
}
