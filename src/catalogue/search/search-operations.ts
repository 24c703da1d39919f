import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";
import { findTopic, SUBSCRIBE, topicOperation } from "../facts/topic.ts";
import { createFit, type Fit } from "./search-fit.ts";
import { searchedWords } from "./search-words.ts";

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
   * Whether these are partial matches, because no operation has every word. Synonyms and stems count as
   * matches.
   */
  readonly isPartial: boolean;
}

interface Scored {
  readonly operation: Operation;
  readonly score: number;
}

/** Minimum share of the best score that a partial match needs, when no operation has all words. */
const NEAR_BEST = 0.8;

/**
 * Returns the operations and topics that match all words, or those that match the most if none matches all. A rare word
 * carries more weight than a common one. A verb such as `create` matches the operations whose HTTP method has that
 * meaning.
 */
export function searchOperations(
  catalogue: Catalogue,
  { words = [], permission, scope }: OperationSearch,
): SearchResult {
  const candidates = [
    ...(permission === undefined ? catalogue.operations() : catalogue.findByPermission(permission)),
    ...catalogue.topics().map(topicOperation).filter(needing(permission)),
  ].filter(({ scopes }) => scope === undefined || scopes?.includes(scope) === true);
  const wanted = searchedWords(words).map(
    (word) => findTopic(catalogue.topics(), word)?.topic.toLowerCase() ?? word,
  );
  if (words.length > 0 && wanted.length === 0) return { operations: [], isPartial: true };
  const match = (withVerbs: boolean) =>
    scoreAll(candidates, createFit(wanted, { tolerant: false, withVerbs })).filter(({ hasAll }) => hasAll);
  // A single word such as `export` is searched as a noun. It counts as a verb only if no operation has it as a noun.
  const named = wanted.length === 1 ? match(false) : [];
  const whole = named.length > 0 ? named : match(true);
  if (whole.length > 0) return { operations: inOrder(whole), isPartial: false };
  const partly = scoreAll(candidates, createFit(wanted, { tolerant: true, withVerbs: true }));
  const best = partly.reduce((most, { score }) => Math.max(most, score), 0);
  return {
    operations: inOrder(partly.filter(({ score }) => score > 0 && score >= best * NEAR_BEST)),
    isPartial: true,
  };
}

function scoreAll(
  operations: readonly Operation[],
  fit: (operation: Operation) => Fit,
): readonly (Scored & { readonly hasAll: boolean })[] {
  const fits = operations.map(fit);
  const [{ words: first = [] } = {}] = fits;
  const weights = first.map((_, index) => {
    const having = fits.filter(({ words }) => (words[index] ?? 0) > 0).length;
    return 1 + Math.log((operations.length + 1) / (having + 1));
  });
  return operations.map((operation, index) => {
    const { words = [], surplus = 0 } = fits[index] ?? {};
    const score = words.reduce((sum, value, word) => sum + value * (weights[word] ?? 0), 0);
    return { operation, score: score === 0 ? 0 : score - surplus, hasAll: words.every((value) => value > 0) };
  });
}

/** Returns a test for topics that require the permission. Every topic passes when no permission is given. */
function needing(permission: string | undefined): (topic: Operation) => boolean {
  const wanted = permission?.toLowerCase();
  return ({ permissions }) =>
    wanted === undefined || permissions.some((permission) => permission.toLowerCase() === wanted);
}

function inOrder(scored: readonly Scored[]): readonly Operation[] {
  return scored
    .toSorted(
      (left, right) =>
        Number(isTopic(left.operation)) - Number(isTopic(right.operation)) ||
        right.score - left.score ||
        left.operation.path.length - right.operation.path.length,
    )
    .map(({ operation }) => operation);
}

function isTopic({ method }: Operation): boolean {
  return method === SUBSCRIBE;
}
