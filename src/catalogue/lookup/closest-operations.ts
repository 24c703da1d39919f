import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";
import { API_ROOT } from "../facts/operation-line.ts";
import { isPlaceholder } from "../facts/path-tree.ts";
import { impactOf } from "../facts/read-only.ts";
import { fieldWords, likeness, stemOf } from "./field-words.ts";

/** Maximum number of suggestions. */
export const CLOSEST_LIMIT = 5;

/**
 * Words that many paths end with. They affect the order of suggestions, but sharing only such a word does not make
 * paths related.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  "all bulk count detail download id info item job list me preview query result search setting stat statistic status summary version view".split(
    " ",
  ),
);
/** Words that people leave out most often. */
const FORGOTTEN_WORDS: ReadonlySet<string> = new Set(["query", "search", "detail", "me"]);
const WEIGHT_OF_COMMON = 0.4;
/** Similarity below which a word does not count as shared. */
const SHARED = 0.6;
/** Minimum similarity of two words that name the same thing. */
const NEARLY_SAME = 0.8;
/** Minimum share of the given words that a suggestion must contain. */
const LEAST_SHARE = 0.45;
const EXTRA_WORD = 0.12;
const EXTRA_COMMON_WORD = 0.06;
const EXTRA_FORGOTTEN_WORD = 0.03;
const EXTRA_ID = 0.15;
const MISSING_ID = 0.08;
const OTHER_END = 0.1;
const OTHER_METHOD = 0.1;
const NOT_RECOMMENDED = 0.03;
const SAME_LAST_WORD = 0.15;
const SAME_SPELLING = 0.05;
/** Maximum difference from the best score. A suggestion that differs more is only distracting. */
const MOST_BEHIND = 0.35;

/** The known facts about the operation that the user means. */
export interface WantedOperation {
  /** Stems of the words in the operation's path or name, in order. */
  readonly words: readonly string[];
  /** Number of ids in the operation's path; null when the name does not show them. */
  readonly idCount: number | null;
  /** Whether the operation's path ends in an id; null when the name does not show that. */
  readonly endsInId: boolean | null;
  /** The last word of the operation's path as written; null when the name is not a path. */
  readonly lastWord: string | null;
  readonly method: string | null;
}

/** Returns whether a path segment is an id, either as a placeholder or as a value. */
export function isIdSegment(segment: string): boolean {
  return segment === "" || isPlaceholder(segment) || (/\d/.test(segment) && !/^v\d$/.test(segment));
}

/** Returns the operations closest to a path, best first. */
export function closestByPath(
  catalogue: Catalogue,
  segments: readonly string[],
  method: string | null,
): readonly Operation[] {
  const literals = segments.filter((segment) => !isIdSegment(segment));
  return closestTo(catalogue, {
    words: fieldWords(literals),
    idCount: segments.length - literals.length,
    endsInId: isIdSegment(segments.at(-1) ?? ""),
    lastWord: literals.at(-1)?.toLowerCase() ?? null,
    method,
  });
}

/**
 * Returns the operations that share the most words with the wanted one, best first. Words are compared by stem,
 * anywhere in the path, allowing for synonyms and typos. Returns nothing when no meaningful word is shared, and never
 * suggests a change for a read or an unknown method.
 */
export function closestTo(catalogue: Catalogue, wanted: WantedOperation): readonly Operation[] {
  const { words } = wanted;
  if (words.length === 0) return [];
  const compare = createComparison();
  const scored: { readonly operation: Operation; readonly score: number }[] = [];
  let path = "";
  let ofPath: number | null = null;
  for (const operation of catalogue.operations()) {
    if (operation.path !== path) {
      path = operation.path;
      ofPath = scoreOfPath(path.slice(API_ROOT.length).split("/"), wanted, compare);
    }
    if (ofPath === null || !isOffered(operation, wanted.method)) continue;
    const isOther = wanted.method !== null && wanted.method !== operation.method;
    const score =
      ofPath -
      (isOther ? OTHER_METHOD : 0) -
      (operation.isDeprecated || operation.isPreview ? NOT_RECOMMENDED : 0);
    scored.push({ operation, score });
  }
  const ordered = scored.toSorted(
    (left, right) => right.score - left.score || left.operation.path.length - right.operation.path.length,
  );
  // Operations with the wanted method stay in the list even if operations with other methods score much better.
  const leastOf = (method: string | null) =>
    (ordered.find(({ operation }) => method === null || operation.method === method)?.score ?? 0) -
    MOST_BEHIND;
  const [least, leastOfMethod] = [leastOf(null), leastOf(wanted.method)];
  return ordered
    .filter(
      ({ operation, score }) =>
        score >= least || (operation.method === wanted.method && score >= leastOfMethod),
    )
    .slice(0, CLOSEST_LIMIT)
    .map(({ operation }) => operation);
}

/**
 * Returns whether an operation may be suggested for a method. A read always may; a change only for a method that
 * changes something; a deletion only for DELETE.
 */
export function isOffered(operation: Operation, method: string | null): boolean {
  if (impactOf(operation) !== "changes") return true;
  if (method === "DELETE") return operation.method === "DELETE";
  return /^(?:POST|PUT|PATCH)$/.test(method ?? "") && operation.method !== "DELETE";
}

/** Returns the score of a path template; null when it shares too little with the wanted words. */
function scoreOfPath(
  template: readonly string[],
  { words, idCount, endsInId, lastWord }: WantedOperation,
  compare: (word: string, segment: string) => number,
): number | null {
  const literals = template.filter((segment) => !segment.startsWith("{"));
  let total = 0;
  let shared = 0;
  let sharesMeaning = false;
  for (const word of words) {
    const weight = COMMON_WORDS.has(word) ? WEIGHT_OF_COMMON : 1;
    const best = Math.max(0, ...literals.map((segment) => compare(word, segment)));
    total += weight;
    shared += weight * best;
    sharesMeaning ||= best >= SHARED && (weight === 1 || words.length === 1);
  }
  if (!sharesMeaning || shared / total < LEAST_SHARE) return null;
  const extra = literals
    .filter((segment) => words.every((word) => compare(word, segment) < NEARLY_SAME))
    .reduce((sum, segment) => sum + costOfExtra(stemOf(segment)), 0);
  const ids = idCount === null ? 0 : template.length - literals.length - idCount;
  const isOtherEnd = endsInId !== null && endsInId !== (template.at(-1)?.startsWith("{") === true);
  const end = literals.findLast((segment) => !FORGOTTEN_WORDS.has(stemOf(segment))) ?? literals.at(-1) ?? "";
  const isSameEnd = compare(words.at(-1) ?? "", end) >= NEARLY_SAME;
  return (
    shared / total -
    extra -
    (ids > 0 ? ids * EXTRA_ID : -ids * MISSING_ID) -
    (isOtherEnd ? OTHER_END : 0) +
    (isSameEnd ? SAME_LAST_WORD : 0) +
    (end === lastWord ? SAME_SPELLING : 0)
  );
}

function costOfExtra(stem: string): number {
  if (FORGOTTEN_WORDS.has(stem)) return EXTRA_FORGOTTEN_WORD;
  return COMMON_WORDS.has(stem) ? EXTRA_COMMON_WORD : EXTRA_WORD;
}

/**
 * Compares each pair of a word and a path segment once, because the catalog repeats its few segments
 * thousands of times.
 */
function createComparison(): (word: string, segment: string) => number {
  const stems = new Map<string, string>();
  const known = new Map<string, Map<string, number>>();
  return (word, segment) => {
    const ofWord = known.get(word) ?? new Map<string, number>();
    known.set(word, ofWord);
    const earlier = ofWord.get(segment);
    if (earlier !== undefined) return earlier;
    const stem = stems.get(segment) ?? stemOf(segment);
    stems.set(segment, stem);
    const found = likeness(word, stem);
    ofWord.set(segment, found);
    return found;
  };
}
