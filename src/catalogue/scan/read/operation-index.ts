import type { Catalogue } from "../../facts/catalogue.ts";
import type { Operation } from "../../facts/operation.ts";
import { API_ROOT, shapeOf } from "../../facts/operation-line.ts";
import { matchShape, type PathTree } from "../../facts/path-tree.ts";

/** A path of the catalog with its operations. */
export interface KnownPath {
  /** Path after `/api/v2/`, with each parameter as `{}`. */
  readonly segments: readonly string[];
  readonly operations: readonly Operation[];
}

/**
 * Every operation of a catalog, indexed by its names and its path. It caches no lookups, so scans can share
 * it.
 */
export interface OperationIndex {
  /** The catalog with its operations decoded. */
  readonly catalogue: Catalogue;
  /** Returns the operations that an SDK calls by this method name; usually one or none. */
  operationsNamed(identifier: string): readonly Operation[];
  /** Returns the removed operation that an SDK called by this method name. */
  removedNamed(identifier: string): Operation | null;
  /** Returns the paths with this number of segments. */
  pathsOfLength(count: number): readonly KnownPath[];
  /** Returns the number of operations whose path begins with these segments and continues after them. */
  countBelow(segments: readonly string[]): number;
  /** Returns whether a path of the API begins with this word. */
  isRootWord(word: string): boolean;
  /** Returns whether a path of the API equals these segments or begins with them. */
  beginsPath(segments: readonly string[]): boolean;
}

/** Decodes every operation of the catalog, which takes a tenth of a second. */
export function indexOperations(catalogue: Catalogue): OperationIndex {
  const operations = [...catalogue.operations()];
  const removed = [...catalogue.removed()];
  const names = new Map<string, Operation[]>();
  for (const operation of operations) {
    for (const name of spellingsOf(operation.operationId)) pushTo(names, name, operation);
  }
  const removedNames = new Map<string, Operation>();
  for (const operation of removed) {
    for (const name of spellingsOf(operation.operationId)) removedNames.set(name, operation);
  }
  const { paths, below, beginsPath, findByPath } = indexPaths(operations);
  const byLength = new Map<number, KnownPath[]>();
  for (const path of paths.values()) pushTo(byLength, path.segments.length, path);
  return {
    // Decoded only once, because a scan performs thousands of lookups, and each search for the closest operations reads
    // all of them.
    catalogue: {
      ...catalogue,
      operations: () => operations,
      removed: () => removed,
      findByPath,
      findRemoved: indexPaths(removed).findByPath,
    },
    operationsNamed: (identifier) => names.get(identifier) ?? [],
    removedNamed: (identifier) => removedNames.get(identifier) ?? null,
    pathsOfLength: (count) => byLength.get(count) ?? [],
    countBelow: (segments) => below.get(segments.join("/")) ?? 0,
    isRootWord: (word) => beginsPath(word),
    beginsPath: (segments) => beginsPath(segments.join("/")),
  };
}

/** Operations by the shape of their path, which has `{}` in place of each parameter. */
interface PathIndex {
  readonly paths: ReadonlyMap<string, KnownPath>;
  /** Number of operations whose shape begins with these segments and continues after them. */
  readonly below: ReadonlyMap<string, number>;
  beginsPath(segments: string): boolean;
  findByPath(path: string): readonly Operation[];
}

function indexPaths(operations: readonly Operation[]): PathIndex {
  const paths = new Map<string, { readonly segments: readonly string[]; readonly operations: Operation[] }>();
  for (const operation of operations) {
    const shape = shapeOf(operation.path);
    const known = paths.get(shape);
    if (known === undefined) paths.set(shape, { segments: shape.split("/"), operations: [operation] });
    else known.operations.push(operation);
  }
  const below = new Map<string, number>();
  for (const path of paths.values()) {
    for (let length = 1; length < path.segments.length; length += 1) {
      const key = path.segments.slice(0, length).join("/");
      below.set(key, (below.get(key) ?? 0) + path.operations.length);
    }
  }
  const beginsPath = (segments: string): boolean => below.has(segments) || paths.has(segments);
  const tree: PathTree = { begins: beginsPath, contains: (segments) => paths.has(segments) };
  return {
    paths,
    below,
    beginsPath,
    findByPath: (path) => {
      if (!path.startsWith(API_ROOT)) return [];
      return paths.get(matchShape(tree, path.slice(API_ROOT.length).split("/")) ?? "")?.operations ?? [];
    },
  };
}

/** Returns the segments of a path after `/api/v2/`, with every placeholder as `{}`. */
export function segmentsOf(path: string): readonly string[] {
  return shapeOf(path.startsWith(API_ROOT) ? path : `${API_ROOT}${path.replace(/^\//, "")}`).split("/");
}

/**
 * Returns the spellings of an operationId in the SDKs: for JavaScript, Java and Swift; for Go and .NET; for Python and
 * Ruby. Two operationIds that differ only in case have no spelling in common.
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
