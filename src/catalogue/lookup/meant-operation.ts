import type { Operation } from "../facts/operation.ts";
import { API_ROOT } from "../facts/operation-line.ts";
import { isReadOnly } from "../facts/read-only.ts";
import { COMMON_WORDS, isIdSegment } from "./closest-operations.ts";
import { likeness, stemOf } from "./field-words.ts";
import type { OperationLookup } from "./operation-lookup.ts";

/** Similarity of two words that name the same thing: equal, synonyms, or one typo apart. */
const SAME_THING = 0.8;

/** Matches a path whose last word implies a change, so that it cannot mean a read. */
const CHANGES =
  /\/(?:publish|create|add|update|edit|assign|unassign|cancel|start|stop|send|submit|delete|remove|import|copy|move|enable|disable|close|transfer|disconnect|reset|restart|activate|deactivate|upload|trigger|execute|launch|complete|approve|reject)\/?$/i;

/**
 * Returns the operations that an unknown path most likely means, best first: all successors of an invented or
 * removed path, otherwise at most the closest one. Empty when even the closest ones are merely similar.
 */
export function findMeant(
  method: string | null,
  path: string,
  { closest, isCertain }: OperationLookup & { kind: "unknown" },
): readonly Operation[] {
  if (isCertain) return closest;
  const given = stemsOf(path);
  const areas = closest.map((operation) => stemsOf(operation.path)[0] ?? null);
  const meant = closest.find(
    (operation) =>
      isFitting(operation, method) &&
      isLikelyMeant(given, stemsOf(operation.path), areas, isReadOnly(operation) && !CHANGES.test(path)),
  );
  return meant === undefined ? [] : [meant];
}

function stemsOf(path: string): readonly (string | null)[] {
  return stemsOfPath(path.replace(API_ROOT, "").replace(/^\//, "").split("/"));
}

/**
 * Returns whether an operation has the same kind of effect as the request's method: both read, or both make the same
 * change.
 */
function isFitting(operation: Operation, method: string | null): boolean {
  if (operation.method === method) return true;
  if (method === null || method === "GET" || method === "HEAD") return isReadOnly(operation);
  return /^P(?:UT|ATCH)$/.test(method) && /^P(?:UT|ATCH)$/.test(operation.method);
}

/** Returns the stem of each segment in lower case; null for an id. */
function stemsOfPath(segments: readonly string[]): readonly (string | null)[] {
  return segments.map((segment) => (isIdSegment(segment) ? null : stemOf(segment.toLowerCase())));
}

/** Returns whether a template begins with the complete given path, segment by segment. */
function startsLike(given: readonly (string | null)[], template: readonly (string | null)[]): boolean {
  return (
    given.length > 0 &&
    given.length <= template.length &&
    given.every((segment, index) => isSame(segment, template[index] ?? null))
  );
}

/**
 * Returns whether a given path most likely means a template. It does in three cases: the template is the path with at
 * most one more word at the end; it is the path with an area added at the front; or both have the same area and one
 * more meaningful words in common than a read adds. A common last word alone is not enough: `/notifications` does not
 * mean `/coaching/notifications`, and `/oauth/clients/search` does not mean `/oauth/clients/{clientId}/usage/query`.
 * @param areas first words of the catalog's paths
 * @param isRead whether the operation changes nothing; an operation that makes a change must contain all words of the
 * path
 */
function isLikelyMeant(
  given: readonly (string | null)[],
  template: readonly (string | null)[],
  areas: readonly (string | null)[],
  isRead: boolean,
): boolean {
  const [area = null, ...rest] = given;
  if (area === null) return false;
  if (startsLike(given, template)) {
    return template.length === given.length || (template.length === given.length + 1 && area === template[0]);
  }
  if (isSame(area, template[0] ?? null)) {
    const others = template.slice(1);
    const isShared = (word: string): boolean => others.some((other) => isSame(word, other));
    const words = rest.filter((word) => word !== null && !COMMON_WORDS.has(word)) as readonly string[];
    const added = others.filter(
      (other) => other !== null && !COMMON_WORDS.has(other) && !rest.some((word) => isSame(word, other)),
    );
    return isRead
      ? words.filter(isShared).length > added.length
      : words.length > 0 && words.every(isShared) && endsLike(given, template);
  }
  const left = template.slice(0, Math.max(0, template.length - given.length));
  return (
    !areas.some((known) => isSame(area, known)) &&
    left.every((word) => word !== null) &&
    startsLike(given, template.slice(left.length))
  );
}

/**
 * Returns whether both paths end with the same word. A changing operation that shares only the area with the given path
 * does something else.
 */
function endsLike(given: readonly (string | null)[], template: readonly (string | null)[]): boolean {
  const lastOf = (segments: readonly (string | null)[]): string | null =>
    segments.findLast((segment) => segment !== null) ?? null;
  return isSame(lastOf(given), lastOf(template));
}

function isSame(given: string | null, known: string | null): boolean {
  if (given === null || known === null) return given === known;
  return likeness(given, known) >= SAME_THING;
}
