import type { Operation } from "../../catalogue/facts/operation.ts";
import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";
import { findLeastCover, type Tie } from "./cover.ts";

/** The scopes that an OAuth client needs for a list of operations. */
export interface LeastScopes {
  readonly scopes: readonly string[];
  readonly ties: readonly Tie[];
  readonly isExact: boolean;
  /** Names of operations whose scopes are unknown. */
  readonly unknown: readonly string[];
  /** Names of operations whose scopes are inferred from related operations. */
  readonly inferred: readonly string[];
}

/** Weight of a scope that allows changes. It exceeds the combined weight of any number of read-only scopes. */
const CHANGES_SOMETHING = 10_000;

/**
 * Finds the narrowest set of scopes that contains at least one from each operation's list. It has as few scopes
 * as possible that allow changes, then as few as possible in total. If one call needs `routing`, a call that
 * accepts `routing` or `routing:readonly` adds no scope.
 */
export function leastScopes(operations: readonly Operation[]): LeastScopes {
  const clauses = operations.map(({ scopes }) => (scopes ?? []).map((scope) => [scope]));
  const { chosen, ties, isExact } = findLeastCover(
    clauses.filter(({ length }) => length > 0),
    { weightOf: (scope) => (isReading(scope) ? 1 : CHANGES_SOMETHING), rankOf: () => 0 },
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

/**
 * Whether a scope allows only reading. `user-basic-info` does, although its name does not end with `:readonly`.
 */
function isReading(scope: string): boolean {
  return scope.endsWith(":readonly") || scope === "user-basic-info";
}
