import { StoreError } from "../../core/errors.ts";
import { createLineFinder } from "./line-finder.ts";
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
import { matchShape } from "./path-tree.ts";
import type { Refusal } from "./refusal.ts";
import type { Scope } from "./scope.ts";
import type { SortedLines } from "./sorted-lines.ts";

/** What every operation of the platform API requires. Everything is decoded when it is asked for. */
export interface Catalogue {
  /** `packaged` with genscope, or `cached` by `catalog update`. */
  readonly origin: "packaged" | "cached";
  /** The day its newest part was current, `YYYY-MM-DD`. */
  readonly date: string;
  readonly parts: readonly CataloguePart[];
  /** Why the cached catalogue was passed over, to be told to the person; null when nothing is wrong. */
  readonly warning: string | null;
  readonly size: number;
  /** The operation of a method and a path, which may be the template or hold real ids. */
  find(method: string, path: string): Operation | null;
  /** The operations of a path, one for each method; empty when there is no such path. */
  findByPath(path: string): readonly Operation[];
  /** The operations whose id is `operationId` in any case; five pairs of ids differ in case only. */
  findById(operationId: string): readonly Operation[];
  /** The operations whose path consists of these words, parameters left out: `users queues`. */
  findByWords(words: string): readonly Operation[];
  /** All operations in the order of their paths. */
  operations(): Iterable<Operation>;
  /** Operations that the API had and has no more, by path. */
  findRemoved(path: string): readonly Operation[];
  removed(): Iterable<Operation>;
  /** Whether a word stands in an operation's path, id, permissions or scopes, in this case. */
  mentions(word: string): boolean;
  /** The operations that name a permission, given in any case, in their lists or their descriptions. */
  findByPermission(permission: string): readonly Operation[];
  /** Every permission an operation names, in its own spelling, by its lower-case form. */
  permissions(): ReadonlyMap<string, string>;
  /** Every scope by name: the described ones and any other an operation names. */
  scopes(): ReadonlyMap<string, Scope>;
  /** The declared refusals: one for each pair of status and code. */
  refusals(): readonly Refusal[];
  /** The verb of the official CLI for an operation (`METHOD path`) where its rule does not say which. */
  commandVerbs(): ReadonlyMap<string, string>;
}

/** The data beside the operations; each function is called at most once. */
export interface CatalogueData {
  readScopes(): readonly Scope[];
  readRefusals(): readonly Refusal[];
  readCommandVerbs(): ReadonlyMap<string, string>;
}

/** The catalogue of an operation file. */
export function createCatalogue(
  file: OperationFile,
  data: CatalogueData,
  standing: Pick<Catalogue, "origin" | "warning">,
): Catalogue {
  const decode = (line: string): Operation => decodeOrThrow(line, file);
  const at = (lines: SortedLines, path: string): readonly Operation[] => {
    const shape = path.startsWith(API_ROOT)
      ? matchShape(lines, path.slice(API_ROOT.length).split("/"))
      : null;
    return shape === null ? [] : Array.from(lines.startingWith(`${shape}\t`), decode);
  };
  const findLinesById = createLineFinder(file.operations, operationIdPattern, operationIdOfLine);
  const findLinesByWords = createLineFinder(file.operations, wordsPattern, wordsOfLine);

  return {
    ...standing,
    date: file.date,
    parts: file.parts,
    size: file.operationCount,
    find: (givenMethod, path) => {
      const method = givenMethod.toUpperCase();
      // A template is found in one search, and whoever has thousands of names has templates.
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
    refusals: once(() => data.readRefusals()),
    commandVerbs: once(() => data.readCommandVerbs()),
  };
}

function decodeOrThrow(line: string, file: OperationFile): Operation {
  const operation = decodeOperation(line, file.provenances);
  if (operation !== null) return operation;
  throw new StoreError("catalogue.damaged", "The operation catalogue is damaged", {
    hint: "replace it: genscope catalog update",
  });
}

function* mapLines(lines: SortedLines, decode: (line: string) => Operation): Generator<Operation> {
  for (const line of lines.startingWith("")) yield decode(line);
}

/** Names of the formal lists win over the spelling of a description. */
function collectPermissions(lines: SortedLines): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const described: string[] = [];
  for (const line of lines.startingWith("")) {
    const { formal, conditional } = permissionsOfLine(line);
    for (const permission of formal) names.set(permission.toLowerCase(), permission);
    described.push(...conditional);
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
