import { StoreError } from "../../core/errors.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { FindCaveats } from "./caveat-file.ts";
import type { InventedPath } from "./invented-path.ts";
import type { Operation } from "./operation.ts";
import type { CataloguePart, OperationFile } from "./operation-file.ts";
import { API_ROOT, decodeOperation, shapeOf } from "./operation-line.ts";
import {
  operationIdOfLine,
  operationIdPattern,
  permissionPattern,
  permissionsOfLine,
  scopesOfLine,
  wordsOfLine,
  wordsPattern,
} from "./operation-line-search.ts";
import { matchShape, type PathTree } from "./path-tree.ts";
import type { Refusal } from "./refusal.ts";
import type { Scope } from "./scope.ts";
import type { TerraformType } from "./terraform-type.ts";
import { createLineFinder } from "./text/line-finder.ts";
import type { SortedLines } from "./text/sorted-lines.ts";
import type { Topic } from "./topic.ts";

/** The requirements of every operation of the platform API. Entries are decoded on demand. */
export interface Catalogue {
  /** `packaged` with genscope, or `cached` by `catalog update`. */
  readonly origin: "packaged" | "cached";
  /** The date of the newest part of the catalog, `YYYY-MM-DD`. */
  readonly date: string;
  readonly parts: readonly CataloguePart[];
  /** Why the cached catalog was not used, as a sentence for the user; null when nothing is wrong. */
  readonly warning: string | null;
  readonly size: number;
  /** Returns the operation for a method and a path. The path may be a template or contain real ids. */
  find(method: string, path: string): Operation | null;
  /** Returns the operations of a path, one per method; empty for an unknown path. */
  findByPath(path: string): readonly Operation[];
  /** Returns the operations with this id, ignoring case; five pairs of ids differ only in case. */
  findById(operationId: string): readonly Operation[];
  /** Returns the operations whose path consists of these words when its parameters are left out: `users queues`. */
  findByWords(words: string): readonly Operation[];
  /** Returns all operations in the order of their paths. */
  operations(): Iterable<Operation>;
  /** Returns the operations that the API once had at a path. */
  findRemoved(path: string): readonly Operation[];
  removed(): Iterable<Operation>;
  /** Returns whether a word occurs in an operation's path, id, permissions or scopes; case matters. */
  mentions(word: string): boolean;
  /** Returns the operations that name a permission in their lists or descriptions, ignoring case. */
  findByPermission(permission: string): readonly Operation[];
  /** Returns every permission that an operation names, in its original spelling, keyed by its lower-case form. */
  permissions(): ReadonlyMap<string, string>;
  /** Returns every scope by name: those with a description and any other that an operation names. */
  scopes(): ReadonlyMap<string, Scope>;
  /** Returns the known notification topics. */
  topics(): readonly Topic[];
  /**
   * Returns the operations that the official Terraform provider may call for each type of block, keyed by block and
   * type: `resource genesyscloud_user`.
   */
  terraformTypes(): ReadonlyMap<string, TerraformType>;
  /** Returns the declared refusals, one per pair of status and code. */
  refusals(): readonly Refusal[];
  /** Returns the official CLI's verbs that do not follow its general rule, by the operation's `METHOD path`. */
  commandVerbs(): ReadonlyMap<string, string>;
  /** Returns the paths that appear in forum posts and generated code but never existed, with what to call instead. */
  inventedPaths(): readonly InventedPath[];
}

/** Data of a catalog besides its operations. Each function is called at most once. */
export interface CatalogueData {
  readScopes(): readonly Scope[];
  readRefusals(): readonly Refusal[];
  readTopics(): readonly Topic[];
  readTerraformTypes(): ReadonlyMap<string, TerraformType>;
  readCommandVerbs(): ReadonlyMap<string, string>;
  readInventedPaths(): readonly InventedPath[];
  readCaveats(): FindCaveats;
}

/** Returns the catalog of an operation file. */
export function createCatalogue(
  file: OperationFile,
  data: CatalogueData,
  state: Pick<Catalogue, "origin" | "warning">,
): Catalogue {
  const caveats = once(() => data.readCaveats());
  const findCaveats: FindCaveats = (shape, method) => caveats()(shape, method);
  const decode = (line: string): Operation => decodeOrThrow(line, file, findCaveats);
  const at = (lines: SortedLines, path: string): readonly Operation[] => {
    const shape = path.startsWith(API_ROOT)
      ? matchShape(treeOf(lines), path.slice(API_ROOT.length).split("/"))
      : null;
    return shape === null ? [] : Array.from(lines.startingWith(`${shape}\t`), decode);
  };
  const findLinesById = createLineFinder(file.operations, operationIdPattern, operationIdOfLine);
  const findLinesByWords = createLineFinder(file.operations, wordsPattern, wordsOfLine);

  return {
    ...state,
    date: file.date,
    parts: file.parts,
    size: file.operationCount,
    find: (givenMethod, path) => {
      const method = givenMethod.toUpperCase();
      // Tries the path as a template first, because that takes a single search, and callers with thousands of names use
      // templates.
      const [line] = path.startsWith(API_ROOT)
        ? file.operations.startingWith(`${shapeOf(path)}\t${method}\t`)
        : [];
      if (line !== undefined) return decode(line);
      return at(file.operations, path).find((operation) => operation.method === method) ?? null;
    },
    findByPath: (path) => at(file.operations, path),
    findById: (operationId) => findLinesById(operationId.toLowerCase()).map(decode),
    findByWords: (words) => findLinesByWords(words).map(decode),
    operations: () => mapLines(file.operations, decode),
    findRemoved: (path) => at(file.removed, path),
    removed: () => mapLines(file.removed, decode),
    mentions: (word) => file.operations.contains(word),
    findByPermission: (permission) => file.operations.matching(permissionPattern(permission)).map(decode),
    permissions: once(() => collectPermissions(file.operations)),
    scopes: once(() => collectScopes(data.readScopes(), file.operations)),
    topics: once(() => data.readTopics()),
    terraformTypes: once(() => data.readTerraformTypes()),
    refusals: once(() => data.readRefusals()),
    commandVerbs: once(() => data.readCommandVerbs()),
    inventedPaths: once(() => data.readInventedPaths()),
  };
}

/** Returns sorted lines as a tree of path shapes; each line begins with a shape. */
function treeOf(lines: SortedLines): PathTree {
  const contains = (segments: string): boolean => lines.hasPrefix(`${segments}\t`);
  return { contains, begins: (segments) => lines.hasPrefix(`${segments}/`) || contains(segments) };
}

function decodeOrThrow(line: string, file: OperationFile, findCaveats: FindCaveats): Operation {
  const operation = decodeOperation(line, file.provenances, findCaveats);
  if (operation !== null) return operation;
  throw new StoreError("catalogue.damaged", "the operation catalog is damaged", {
    hint: "replace it: genscope catalog update",
  });
}

function* mapLines(lines: SortedLines, decode: (line: string) => Operation): Generator<Operation> {
  for (const line of lines.startingWith("")) yield decode(line);
}

/**
 * Collects the permissions of all lines. The spelling in a formal list wins over the spelling in a
 * description.
 */
function collectPermissions(lines: SortedLines): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const described: string[] = [];
  for (const line of lines.startingWith("")) {
    const { formal, conditional } = permissionsOfLine(line);
    for (const permission of formal) names.set(permission.toLowerCase(), permission);
    appendAll(described, conditional);
  }
  for (const permission of described) {
    const key = permission.toLowerCase();
    if (!names.has(key)) names.set(key, permission);
  }
  return names;
}

function collectScopes(described: readonly Scope[], lines: SortedLines): ReadonlyMap<string, Scope> {
  const scopes = new Map(described.map((scope) => [scope.name, scope]));
  for (const line of lines.startingWith("")) {
    for (const name of scopesOfLine(line)) {
      if (!scopes.has(name)) scopes.set(name, { name, description: null, status: "current" });
    }
  }
  return scopes;
}

function once<Value>(compute: () => Value): () => Value {
  let known: { readonly value: Value } | null = null;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
