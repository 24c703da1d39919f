import { API_ROOT, withParameterNames, wordsOf } from "../../catalogue/facts/operation-line.ts";
import { permissionsOfLine } from "../../catalogue/facts/operation-line-search.ts";
import { readData, readPackaged } from "../../catalogue/facts/packaged-file.ts";
import { isPlaceholder } from "../../catalogue/facts/path-tree.ts";
import type { SortedLines } from "../../catalogue/facts/text/sorted-lines.ts";
import { readTopics } from "../../catalogue/facts/topic.ts";
import { type Candidate, candidateOf } from "./command-tree.ts";
import { inSteps } from "./in-steps.ts";

/** Returns whether a command accepts an operation, judging by its method and id. */
export type TakesOperation = (method: string, operationId: string) => boolean;

const METHOD = /^(get|put|post|patch|delete|head)$/i;

/** Reads the operations of the packaged catalog. @throws StoreError `catalogue.damaged` */
export function readOperationLines(): SortedLines {
  return readPackaged().operations;
}

/** Reads the names of the packaged notification topics, sorted. @throws the system's error */
export function readTopicNames(): readonly string[] {
  return readTopics(readData("topics.txt"))
    .map(({ topic }) => topic)
    .toSorted();
}

/** Returns the method that a word names, in capitals, or null. */
export function methodNamed(word: string | undefined): string | null {
  return word !== undefined && METHOD.test(word) ? word.toUpperCase() : null;
}

/** Returns the methods of the operations that a command accepts. */
export function methodsIn(operations: SortedLines, takes: TakesOperation): readonly Candidate[] {
  const counts = new Map<string, number>();
  for (const line of operations.startingWith("")) {
    const [, method = "", id = ""] = line.split("\t", 3);
    if (takes(method, id)) counts.set(method, (counts.get(method) ?? 0) + 1);
  }
  return [...counts.keys()].toSorted().map((value) => ({ value, description: "then a path" }));
}

/**
 * Returns the paths that continue `typed`. Keeps the segments that were typed, even if one is a real id instead of a
 * parameter.
 */
export function pathsFrom(
  operations: SortedLines,
  typed: string,
  takes: TakesOperation,
): readonly Candidate[] {
  const isBelowRoot = typed.startsWith(API_ROOT);
  if (!isBelowRoot && !API_ROOT.startsWith(typed)) return [];
  const segments = isBelowRoot ? typed.slice(API_ROOT.length).split("/") : [""];
  const last = segments.at(-1) ?? "";
  const above = shapeAbove(operations, segments.slice(0, -1));
  if (above === null) return [];
  const start = isBelowRoot ? typed.slice(0, typed.length - last.length) : API_ROOT;
  const begin = last.startsWith("{") ? "{}" : last;
  const paths = new Map<string, string[]>();
  for (const line of operations.startingWith(above + begin)) {
    const [shape = "", method = "", id = "", names = ""] = line.split("\t", 4);
    if (!takes(method, id)) continue;
    const path = start + withParameterNames(shape.slice(above.length), wordsOf(names).slice(countOf(above)));
    if (path.startsWith(typed)) paths.set(path, [...(paths.get(path) ?? []), id]);
  }
  const found = Array.from(paths, ([value, ids]) => ({ value, description: ids.join(", ") }));
  return inSteps(found, typed, endAfter("/"), "path");
}

/** Returns the operation ids that continue `typed`. */
export function idsFrom(operations: SortedLines, typed: string, takes: TakesOperation): readonly Candidate[] {
  if (!/^[a-z]\w*$/i.test(typed)) return [];
  const found: Candidate[] = [];
  for (const line of operations.matching(new RegExp(`\\t[A-Z]+\\t${typed}\\w*\\t`))) {
    const [shape = "", method = "", id = "", names = ""] = line.split("\t", 4);
    if (takes(method, id)) {
      const path = API_ROOT + withParameterNames(shape, wordsOf(names));
      found.push({ value: id, description: `${method} ${path}` });
    }
  }
  found.sort((a, b) => (a.value < b.value ? -1 : 1));
  return inSteps(found, typed, endOfHump, "operation");
}

/** Returns the topics that continue `typed`. */
export function topicsFrom(topics: readonly string[], typed: string): readonly Candidate[] {
  const found = topics.filter((topic) => topic.startsWith(typed)).map(candidateOf);
  return inSteps(found, typed, endAfter("."), "topic");
}

/** Returns the permissions that continue `typed`. Knows only the permissions that operations require. */
export function permissionsFrom(operations: SortedLines, typed: string): readonly Candidate[] {
  const found = new Set<string>();
  for (const line of operations.startingWith("")) {
    const { formal, conditional } = permissionsOfLine(line);
    for (const name of [...formal, ...conditional]) if (name.startsWith(typed)) found.add(name);
  }
  return inSteps([...found].toSorted().map(candidateOf), typed, endAfter(":"), "permission");
}

/**
 * Returns the typed segments as a path prefix in which `{}` replaces each parameter, or null when no operation begins
 * with it. As on the platform, a literal segment wins over a parameter in the same position.
 */
function shapeAbove(operations: SortedLines, segments: readonly string[]): string | null {
  let above = "";
  for (const segment of segments) {
    const choices = isPlaceholder(segment) ? ["{}"] : [segment, "{}"];
    const next = choices.find((choice) => operations.hasPrefix(`${above}${choice}/`));
    if (segment === "" || next === undefined) return null;
    above += `${next}/`;
  }
  return above;
}

function countOf(shape: string): number {
  return shape.split("{}").length - 1;
}

/** Returns a function that finds the position after the next separator. */
function endAfter(separator: string): (name: string, position: number) => number {
  return (name, position) => {
    const found = name.indexOf(separator, position);
    return found === -1 ? name.length : found + 1;
  };
}

/** Returns the position of the next capital letter: `getRouting` in `getRoutingQueues`. */
function endOfHump(id: string, position: number): number {
  const found = id.slice(position + 1).search(/[A-Z]/);
  return found === -1 ? id.length : position + 1 + found;
}
