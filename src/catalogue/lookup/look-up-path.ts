import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";
import { API_ROOT } from "../facts/operation-line.ts";
import { isPlaceholder } from "../facts/path-tree.ts";
import { isReadOnly } from "../facts/read-only.ts";
import { CLOSEST_LIMIT, closestByPath, isOffered } from "./closest-operations.ts";
import { difference } from "./edit-distance.ts";
import { stemOf } from "./field-words.ts";
import { correctMisconception } from "./misconception.ts";
import { nameOf, type OperationLookup, type PathArgument } from "./operation-lookup.ts";
import { describeWordForId, findWordForId } from "./word-for-id.ts";

/**
 * Looks an operation up by its path, as a template or with real ids, with or without a method. Takes `path`
 * as `parseOperationName` returns it.
 */
export function lookUpPath(catalogue: Catalogue, path: string, method: string | null): OperationLookup {
  const operations = catalogue.findByPath(path);
  const misconception = operations.length === 0 ? correctMisconception(catalogue, path, method) : null;
  if (misconception !== null) {
    const { instead, correction } = misconception;
    const [best] = instead;
    // A correction may suggest a change, such as the call that revokes a token. It is shown unless the request only
    // reads.
    const isForRead = method === "GET" || method === "HEAD";
    const mayChange = !isForRead && best !== undefined && !isReadOnly(best);
    const offered = mayChange ? instead : instead.filter((each) => isOffered(each, method));
    return { ...unknown(offered, correction), isCertain: true };
  }
  const removed = findRemoved(catalogue, path, method, operations);
  if (removed !== null) {
    // Only a path that extends the removed one is likely to replace it.
    const successors = closest(catalogue, path, method).filter((each) => each.path.startsWith(removed.path));
    return {
      ...unknown(
        [...operations.filter((each) => isOffered(each, method)), ...successors],
        `\`${nameOf(removed)}\` was removed from the API`,
      ),
      removed,
      isCertain: true,
    };
  }
  if (operations.length === 0) {
    return {
      ...unknown(closest(catalogue, path, method), correctionOf(catalogue, path)),
      isCertain: !/^\/api\/v2(?:\/|$)/i.test(path) || path.includes("//"),
    };
  }
  const template = operations[0]?.path ?? "";
  const methods = operations.map((operation) => operation.method).join(", ");
  const [only, ...others] = operations.filter((candidate) => method === null || candidate.method === method);
  if (only === undefined) {
    const nearby = closest(catalogue, path, method).filter((candidate) => candidate.method === method);
    return unknown(
      [...operations.filter((candidate) => isOffered(candidate, method)), ...nearby].slice(0, CLOSEST_LIMIT),
      `\`${template}\` has no ${method}, only ${methods}`,
    );
  }
  const pathArguments = readArguments(only.path, path);
  const caution = cautionOf(catalogue, path, method, pathArguments, only.path);
  if (others.length === 0) return { kind: "found", operation: only, pathArguments, caution };
  const reason = `\`${template}\` has several methods: ${methods}`;
  return {
    kind: "ambiguous",
    candidates: operations.toSorted((left, right) => Number(isReadOnly(right)) - Number(isReadOnly(left))),
    reason: caution === null ? reason : `${reason}; ${caution}`,
    caution,
  };
}

function unknown(
  operations: readonly Operation[],
  correction: string | null,
): OperationLookup & { kind: "unknown" } {
  return { kind: "unknown", closest: operations, correction, isCertain: false, removed: null };
}

function segmentsOf(path: string): readonly string[] {
  return path.replace(/^\/(?:api\/v\d+\/?)?/i, "").split("/");
}

function closest(catalogue: Catalogue, path: string, method: string | null): readonly Operation[] {
  return closestByPath(catalogue, segmentsOf(path), method);
}

/** Returns a removed operation, unless a current one matches at least as many words of the path. */
function findRemoved(
  catalogue: Catalogue,
  path: string,
  method: string | null,
  present: readonly Operation[],
): Operation | null {
  const candidates = catalogue.findRemoved(path);
  const removed = candidates.find((candidate) => method === null || candidate.method === method);
  if (removed === undefined) return null;
  const [rival] = present;
  if (rival === undefined) return removed;
  if (countWords(removed.path) !== countWords(rival.path)) {
    return countWords(removed.path) > countWords(rival.path) ? removed : null;
  }
  return method !== null && !present.some((operation) => operation.method === method) ? removed : null;
}

function countWords(path: string): number {
  return path.split("/").filter((segment) => !segment.startsWith("{")).length;
}

function correctionOf(catalogue: Catalogue, path: string): string | null {
  if (!/^\/api\/v\d+(?:\/|$)/i.test(path)) return `paths of the platform API begin with \`${API_ROOT}\``;
  if (!/^\/api\/v2(?:\/|$)/i.test(path)) return "the platform API has only version 2: `/api/v2/`";
  if (path.includes("//")) return "an id is missing between two slashes";
  return catalogue.findByPath(path.toLowerCase()).length > 0 ? "paths are written in lower case" : null;
}

function readArguments(template: string, path: string): readonly PathArgument[] {
  const given = path.split("/");
  return template.split("/").flatMap((segment, index) => {
    const value = given[index] ?? "";
    return segment.startsWith("{") && !isPlaceholder(value) ? [{ name: segment.slice(1, -1), value }] : [];
  });
}

/**
 * Returns a caution when a word appears in place of an id. The platform accepts any word as an id and may return 403
 * for a path that does not exist.
 */
function cautionOf(
  catalogue: Catalogue,
  path: string,
  method: string | null,
  pathArguments: readonly PathArgument[],
  template: string,
): string | null {
  const suspect = findWordForId(pathArguments);
  if (suspect === null) return null;
  const stem = stemOf(suspect.value.toLowerCase());
  const others = new Set(
    segmentsOf(path)
      .filter((word) => word !== suspect.value)
      .map((word) => stemOf(word.toLowerCase())),
  );
  const better = closest(catalogue, path, method).find(
    (candidate) =>
      candidate.path !== template &&
      // The suspect word alone also occurs in other areas: a template of a script is not one of gamification.
      segmentsOf(candidate.path).some((word) => others.has(stemOf(word))) &&
      segmentsOf(candidate.path).some(
        (word) =>
          !word.startsWith("{") && (stemOf(word) === stem || difference(suspect.value, word, 0.4) <= 0.4),
      ),
  );
  const guess =
    better === undefined ? ", although it looks like a word" : `; did you mean \`${nameOf(better)}\`?`;
  return `${describeWordForId(suspect)}${guess}`;
}
