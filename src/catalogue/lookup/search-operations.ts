import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";
import { findTopic, SUBSCRIBE, topicOperation } from "../facts/topic.ts";
import { fieldWords, likeness, stemOf } from "./field-words.ts";

/** Conditions of a search; an operation must meet all of them. */
export interface OperationSearch {
  /** Words, each of which must occur in the path, id, tag, a permission or a scope, ignoring case. */
  readonly words?: readonly string[];
  /** Permission that the operation must name, ignoring case. */
  readonly permission?: string | undefined;
  /** Scope that the operation must accept. */
  readonly scope?: string | undefined;
}

/** The operations and notification topics that a search found. */
export interface SearchResult {
  /** Matches, best first. */
  readonly operations: readonly Operation[];
  /**
   * Whether no operation has every word, so that these are the ones with the most, including synonyms and
   * stems.
   */
  readonly isPartial: boolean;
}

/**
 * Returns the matching operations and topics, or those that match the most words when none matches all. A word
 * that is a whole segment of the path counts more than part of one.
 */
export function searchOperations(
  catalogue: Catalogue,
  { words = [], permission, scope }: OperationSearch,
): SearchResult {
  const wanted = words
    .flatMap((word) => word.toLowerCase().split(/\s+/))
    .filter((word) => word !== "")
    .map((word) => findTopic(catalogue.topics(), word)?.topic.toLowerCase() ?? word);
  const candidates = [
    ...(permission === undefined ? catalogue.operations() : catalogue.findByPermission(permission)),
    ...catalogue.topics().map(topicOperation).filter(needing(permission)),
  ].filter(({ scopes }) => scope === undefined || scopes?.includes(scope) === true);
  const inField = comparePaths(fieldWords(wanted));
  const scored = candidates.flatMap((operation) => {
    const scores = wanted.map((word) => scoreOf(operation, word) || scoreOf(operation, withoutHyphens(word)));
    const named = inField(operation);
    const isNamed = named.length > 0 && named.every((score) => score >= SAME_THING);
    if (isNamed) return [{ operation, score: sum(named) * WHOLE_SEGMENT }];
    return scores.includes(0) ? [] : [{ operation, score: sum(scores) }];
  });
  return scored.length > 0
    ? { operations: inOrder(scored), isPartial: false }
    : { operations: inOrder(searchPartly(candidates, inField)), isPartial: true };
}

/** Whether a topic requires a permission; without one to look for, every topic matches. */
function needing(permission: string | undefined): (topic: Operation) => boolean {
  const wanted = permission?.toLowerCase();
  return ({ permissions }) =>
    wanted === undefined || permissions.some((permission) => permission.toLowerCase() === wanted);
}

/** Finds the operations that share the most words with the search, including the field's synonyms. */
function searchPartly(
  candidates: readonly Operation[],
  inField: (operation: Operation) => readonly number[],
): readonly Scored[] {
  const scored = candidates.map((operation) => {
    const scores = inField(operation).filter((score) => score >= SHARED);
    return { operation, count: scores.length, score: sum(scores) };
  });
  const most = scored.reduce((count, each) => Math.max(count, each.count), 1);
  return scored.filter(({ count }) => count === most);
}

/** Returns a function that compares each search word with the words of an operation's path, from 0 to 1. */
function comparePaths(wanted: readonly string[]): (operation: Operation) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  const ofSegment = (segment: string): readonly number[] => {
    const earlier = known.get(segment);
    if (earlier !== undefined) return earlier;
    const stem = stemOf(segment);
    const scores = wanted.map((word) => likeness(word, stem));
    known.set(segment, scores);
    return scores;
  };
  return ({ path }) => {
    const segments = segmentsOf(path).map(ofSegment);
    return wanted.map((_, index) => segments.reduce((best, scores) => Math.max(best, scores[index] ?? 0), 0));
  };
}

/** Similarity below which a word does not count as shared. */
const SHARED = 0.6;
/** Similarity of synonyms. */
const SAME_THING = 0.9;
/** Score of a word that is a whole segment of the path. */
const WHOLE_SEGMENT = 4;

interface Scored {
  readonly operation: Operation;
  readonly score: number;
}

function inOrder(scored: readonly Scored[]): readonly Operation[] {
  return scored
    .toSorted(
      (left, right) =>
        right.score - left.score ||
        Number(isTopic(left.operation)) - Number(isTopic(right.operation)) ||
        left.operation.path.length - right.operation.path.length,
    )
    .map(({ operation }) => operation);
}

function isTopic({ method }: Operation): boolean {
  return method === SUBSCRIBE;
}

/** Words of a path between its slashes, or of a topic between its dots. */
function segmentsOf(path: string): readonly string[] {
  return path.split(path.startsWith("/") ? "/" : ".");
}

function sum(scores: readonly number[]): number {
  return scores.reduce((total, score) => total + score, 0);
}

/** Paths contain compound words without hyphens: `wrapupcodes`. */
function withoutHyphens(word: string): string {
  return word.replaceAll("-", "");
}

function scoreOf(operation: Operation, word: string): number {
  const segments = segmentsOf(operation.path.toLowerCase());
  if (segments.includes(word) || operation.method.toLowerCase() === word) return WHOLE_SEGMENT;
  // The last segment names what the operation is about.
  if (segments.at(-1)?.startsWith(word) === true) return WHOLE_SEGMENT;
  if (segments.some((segment) => segment.startsWith(word))) return 3;
  if (operation.path.toLowerCase().includes(word) || operation.operationId.toLowerCase().includes(word)) {
    return 2;
  }
  const others = [
    operation.tag,
    ...(isTopic(operation) ? ["notification topics"] : []),
    ...operation.permissions,
    ...operation.conditionalPermissions,
    ...(operation.scopes ?? []),
  ];
  return others.some((text) => text.toLowerCase().includes(word)) ? 1 : 0;
}
