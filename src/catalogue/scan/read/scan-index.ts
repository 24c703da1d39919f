import type { Catalogue } from "../../facts/catalogue.ts";
import type { Operation } from "../../facts/operation.ts";
import { API_ROOT, shapeOf } from "../../facts/operation-line.ts";
import { lookUpOperation } from "../../lookup/look-up-operation.ts";
import { lookUpPath } from "../../lookup/look-up-path.ts";
import type { OperationLookup } from "../../lookup/operation-lookup.ts";
import { lookUpScope, type ScopeLookup } from "../../lookup/scope-name.ts";
import { createTerraformCalls, type TerraformCalls } from "./terraform-calls.ts";

/** Maximum number of searches for suggestions. Each reads all operations and takes milliseconds. */
const MOST_SEARCHES = 100;
/** Finding the closest scopes compares a name with all scopes, which takes a tenth of a millisecond. */
const MOST_SCOPE_SEARCHES = 1_000;

/** A path of the catalogue with its operations. */
export interface KnownPath {
  /** Path after `/api/v2/`, with each parameter as `{}`. */
  readonly segments: readonly string[];
  readonly operations: readonly Operation[];
}

/** The catalogue, indexed for the thousands of look-ups of a scan; made once per scan. */
export interface ScanIndex {
  readonly catalogue: Catalogue;
  readonly terraform: TerraformCalls;
  /** Returns the operations of an SDK method name in that SDK's spelling; usually one or none. */
  operationsNamed(identifier: string): readonly Operation[];
  /** Returns the removed operations of an SDK method name. */
  removedNamed(identifier: string): Operation | null;
  /** Returns the paths with this number of segments. */
  pathsOfLength(count: number): readonly KnownPath[];
  /** Returns the number of operations whose path begins with these segments and goes on. */
  countBelow(segments: readonly string[]): number;
  /** Returns whether a path of the API begins with this word. */
  isRootWord(word: string): boolean;
  /** Returns whether a path of the API begins with these segments, or consists of them. */
  beginsPath(segments: readonly string[]): boolean;
  lookUp(path: string, method: string | null): OperationLookup;
  /** Looks up a method of an SDK, or the words of the official CLI. */
  lookUpName(name: string): OperationLookup;
  /** Returns null for a name that is new after too many names that are not scopes. */
  lookUpScope(name: string): ScopeLookup | null;
}

export function createScanIndex(catalogue: Catalogue): ScanIndex {
  const operations = [...catalogue.operations()];
  // A search for the closest operations reads them all, and a scan searches often.
  const withKnownOperations: Catalogue = { ...catalogue, operations: () => operations };
  const names = new Map<string, Operation[]>();
  const paths = new Map<string, { readonly segments: readonly string[]; readonly operations: Operation[] }>();
  for (const operation of operations) {
    for (const name of spellingsOf(operation.operationId)) pushTo(names, name, operation);
    const shape = shapeOf(operation.path);
    const known = paths.get(shape);
    if (known === undefined) paths.set(shape, { segments: shape.split("/"), operations: [operation] });
    else known.operations.push(operation);
  }
  const removed = new Map<string, Operation>();
  for (const operation of catalogue.removed()) {
    for (const name of spellingsOf(operation.operationId)) removed.set(name, operation);
  }
  const byLength = new Map<number, KnownPath[]>();
  const below = new Map<string, number>();
  for (const path of paths.values()) {
    pushTo(byLength, path.segments.length, path);
    for (let length = 1; length < path.segments.length; length += 1) {
      const key = path.segments.slice(0, length).join("/");
      below.set(key, (below.get(key) ?? 0) + path.operations.length);
    }
  }
  const beginsPath = (shape: string): boolean => below.has(shape) || paths.has(shape);
  const lookUps = new Map<string, OperationLookup>();
  // A hundred mistaken paths with suggestions are enough to correct in one go.
  const withoutSearch: Catalogue = { ...catalogue, operations: () => [] };
  let searchCount = 0;
  const scopes = new Map<string, ScopeLookup>();
  let scopeSearchCount = 0;
  const lookUpOnce = (key: string, find: (known: Catalogue) => OperationLookup): OperationLookup => {
    const known = lookUps.get(key);
    if (known !== undefined) return known;
    const found = find(searchCount < MOST_SEARCHES ? withKnownOperations : withoutSearch);
    if (found.kind === "unknown") searchCount += 1;
    lookUps.set(key, found);
    return found;
  };
  return {
    catalogue: withKnownOperations,
    terraform: createTerraformCalls(catalogue),
    operationsNamed: (identifier) => names.get(identifier) ?? [],
    removedNamed: (identifier) => removed.get(identifier) ?? null,
    pathsOfLength: (count) => byLength.get(count) ?? [],
    countBelow: (segments) => below.get(segments.join("/")) ?? 0,
    isRootWord: (word) => beginsPath(word),
    beginsPath: (segments) => beginsPath(segments.join("/")),
    // A mistaken path is compared with every path of the catalogue, and usually occurs many times in a code
    // base.
    lookUp: (path, method) =>
      lookUpOnce(`${method ?? ""} ${path}`, (known) => lookUpPath(known, path, method)),
    lookUpName: (name) => lookUpOnce(`name ${name}`, (known) => lookUpOperation(known, name)),
    lookUpScope: (name) => {
      const earlier = scopes.get(name);
      if (earlier !== undefined) return earlier;
      if (scopeSearchCount >= MOST_SCOPE_SEARCHES) return null;
      const found = lookUpScope(catalogue, name);
      if (found.kind === "unknown") scopeSearchCount += 1;
      scopes.set(name, found);
      return found;
    },
  };
}

/** Returns the segments of a path after `/api/v2/`, with every placeholder as `{}`. */
export function segmentsOf(path: string): readonly string[] {
  return shapeOf(path.startsWith(API_ROOT) ? path : `${API_ROOT}${path.replace(/^\//, "")}`).split("/");
}

/**
 * Spellings of JavaScript, Java and Swift; of Go and .NET; of Python and Ruby. Names that differ only in case
 * share none of them.
 */
function spellingsOf(operationId: string): readonly string[] {
  const pascal = operationId.slice(0, 1).toUpperCase() + operationId.slice(1);
  return [operationId, pascal, operationId.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}

function pushTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
