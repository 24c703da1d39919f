import type { Operation } from "../../../catalogue/facts/operation.ts";
import { API_ROOT } from "../../../catalogue/facts/operation-line.ts";
import { isReadOnly } from "../../../catalogue/facts/read-only.ts";
import { COMMON_WORDS, isIdSegment } from "../../../catalogue/lookup/closest-operations.ts";
import { fieldWords, likeness } from "../../../catalogue/lookup/field-words.ts";

/** Similarity at which two words share a meaning: equal, synonyms, a typo apart, or one part of the other. */
const RELATED = 0.65;
/** Similarity of two words that name the same thing. */
const SAME_THING = 0.8;
/** Number of meaningful words in a path from which a suggestion may lack one. */
const FEWEST_WORDS = 3;

/** Matches the path of a POST that creates an object in a collection. */
const CREATES = /\/[a-z]{2,40}s$/;
/** Matches the end of a path that reads with POST. */
const READS = /\/(?:search|query|queries)\/?$/i;

/**
 * Whether an operation is close enough to an unknown path to be named beside it: at most one meaningful word differs,
 * the last one is the same, and the operation can have the effect of the method. A single shared word is not enough: a
 * message of a guest is not a voicemail message.
 */
export function isCloseTo(operation: Operation, method: string | null, path: string): boolean {
  const words = wordsOf(path);
  const telling = words.filter(isTelling);
  // With only an area left, words such as `details` tell paths apart after all.
  const [given, known] =
    telling.length > 1
      ? [telling, wordsOf(operation.path).filter(isTelling)]
      : [words, wordsOf(operation.path)];
  const effect = method === "POST" && READS.test(path) ? "GET" : method;
  const [last, lastKnown] = [given.at(-1), known.at(-1)];
  if (last === undefined || lastKnown === undefined || !hasEffectOf(operation, effect)) return false;
  const missing = given.filter((word) => !known.some((other) => likeness(word, other) >= RELATED)).length;
  const added = known.filter((word) => !given.some((other) => likeness(other, word) >= RELATED)).length;
  // Notifications of coaching are not all notifications, so a single word needs the same area.
  const mostAdded = given.length > 1 || known[0] === given[0] ? 1 : 0;
  const isEnough =
    missing === 0 ? added <= mostAdded : added === 0 && missing === 1 && given.length >= FEWEST_WORDS;
  return isEnough && likeness(last, lastKnown) >= SAME_THING;
}

/** Whether an operation contains all words of a path except at most one. A longer path means something else. */
export function lacksAtMostOne(operation: Operation, path: string): boolean {
  const known = wordsOf(operation.path);
  const missing = wordsOf(path).filter((word) => !known.some((other) => likeness(word, other) >= RELATED));
  return missing.length <= 1;
}

/** Whether an operation can have the effect of a method. A change is never replaced by a read. */
export function hasEffectOf(operation: Operation, method: string | null): boolean {
  if (method === null || method === operation.method) return true;
  // A plain POST creates an object, which neither changes nor deletes one.
  if (/^(?:PUT|PATCH|DELETE)$/.test(method) && operation.method === "POST" && CREATES.test(operation.path)) {
    return false;
  }
  return /^(?:POST|PUT|PATCH|DELETE)$/.test(method) ? !isReadOnly(operation) : isReadOnly(operation);
}

/** Returns the stems of a path's words, without ids. */
function wordsOf(path: string): readonly string[] {
  const segments = path.replace(API_ROOT, "").replace(/^\//, "").split("/");
  return fieldWords(segments.filter((segment) => !isIdSegment(segment)));
}

/** Whether a word is not one that many paths end with. */
function isTelling(word: string): boolean {
  return !COMMON_WORDS.has(word);
}
