import type { Catalogue } from "../../facts/catalogue.ts";
import type { Operation } from "../../facts/operation.ts";
import { API_ROOT, shapeOf } from "../../facts/operation-line.ts";
import { lookUpPath } from "../../lookup/look-up-path.ts";
import type { OperationLookup } from "../../lookup/operation-lookup.ts";

/** Near misses of a mistaken path are searched among all operations, which takes milliseconds. */
const MOST_SEARCHES = 100;

/** A path of the catalogue, with the operations on it. */
export interface KnownPath {
  /** After `/api/v2/`; a parameter is `{}`. */
  readonly segments: readonly string[];
  readonly operations: readonly Operation[];
}

/** The catalogue in the form that a scan asks it thousands of times; made once for a scan. */
export interface ScanIndex {
  readonly catalogue: Catalogue;
  /** The operations that a method of an official SDK is named after, in that SDK's spelling; mostly one or none. */
  operationsNamed(identifier: string): readonly Operation[];
  /** The same for what the API has no more. */
  removedNamed(identifier: string): Operation | null;
  /** The paths of so many segments. */
  pathsOfLength(count: number): readonly KnownPath[];
  /** How many operations have a path that begins with these segments and goes on. */
  countBelow(segments: readonly string[]): number;
  /** Whether a path of the API begins with this word. */
  isRootWord(word: string): boolean;
  lookUp(path: string, method: string | null): OperationLookup;
}

export function createScanIndex(catalogue: Catalogue): ScanIndex {
  const operations = [...catalogue.operations()];
  // A search for the nearest operations reads them all, and a scan searches often.
  const remembering: Catalogue = { ...catalogue, operations: () => operations };
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
  const lookUps = new Map<string, OperationLookup>();
  // Whoever is told of a hundred mistaken paths with what is near to each has enough to correct.
  const frugal: Catalogue = { ...catalogue, operations: () => [] };
  let searchCount = 0;
  return {
    catalogue: remembering,
    operationsNamed: (identifier) => names.get(identifier) ?? [],
    removedNamed: (identifier) => removed.get(identifier) ?? null,
    pathsOfLength: (count) => byLength.get(count) ?? [],
    countBelow: (segments) => below.get(segments.join("/")) ?? 0,
    isRootWord: (word) => below.has(word) || paths.has(word),
    // A mistaken path is compared with every path of the catalogue, and tends to stand in a code base many times.
    lookUp: (path, method) => {
      const key = `${method ?? ""} ${path}`;
      const known = lookUps.get(key);
      if (known !== undefined) return known;
      const found = lookUpPath(searchCount < MOST_SEARCHES ? remembering : frugal, path, method);
      if (found.kind === "unknown") searchCount += 1;
      lookUps.set(key, found);
      return found;
    },
  };
}

/** The segments of a path behind `/api/v2/`, every placeholder as `{}`. */
export function segmentsOf(path: string): readonly string[] {
  return shapeOf(path.startsWith(API_ROOT) ? path : `${API_ROOT}${path.replace(/^\//, "")}`).split("/");
}

/** JavaScript, Java and Swift; Go and .NET; Python and Ruby. Names that differ in case only share none of these. */
function spellingsOf(operationId: string): readonly string[] {
  const pascal = operationId.slice(0, 1).toUpperCase() + operationId.slice(1);
  return [operationId, pascal, operationId.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}

function pushTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
