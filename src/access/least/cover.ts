import { type Clause, componentsOf, type Option, reduceClauses, withoutRepetitions } from "./clause.ts";

/** The names chosen for one independent group of clauses, and other sets of names that are just as good. */
export interface Tie {
  readonly chosen: readonly string[];
  readonly others: readonly (readonly string[])[];
  /** False when more alternatives exist than are listed. */
  readonly isComplete: boolean;
}

/** The set of names with the lowest total weight that satisfies every clause. */
export interface Cover {
  readonly chosen: readonly string[];
  readonly ties: readonly Tie[];
  /** False when the search reached its step limit, so that a lighter set may exist. */
  readonly isExact: boolean;
}

/** The criteria for preferring one set of names over another. */
export interface CoverPreference {
  /**
   * Returns the weight of a name, a positive integer. With a constant 1, the search minimizes the number of
   * names.
   */
  weightOf(name: string): number;
  /**
   * Returns the rank of a name among sets of equal weight. The lowest sum wins, then the first set in
   * alphabetical order.
   */
  rankOf(name: string): number;
  /** Maximum number of search steps per group of clauses. When it is reached, the best set found so far wins. */
  readonly stepLimit?: number;
}

/**
 * Default step limit. It is enough for all operations of the platform together, unless all their clauses
 * overlap.
 */
const STEP_LIMIT = 50_000;
const MOST_TIES = 32;

/**
 * Finds the set of names with the lowest weight that satisfies every clause, by branch and bound. First takes
 * the names that have no alternative (unit propagation), then solves each independent group of clauses. If a
 * search reaches the step limit, returns the best set found, at worst the greedy one, with `isExact` false. The
 * result is deterministic. A clause without options cannot be satisfied and must not be passed.
 */
export function findLeastCover(clauses: readonly Clause[], preference: CoverPreference): Cover {
  const forced = new Set<string>();
  let open = withoutRepetitions(clauses);
  for (;;) {
    const units = open.flatMap((clause) => (clause.length === 1 ? (clause[0] ?? []) : []));
    if (units.length === 0) break;
    for (const name of units) forced.add(name);
    open = withoutRepetitions(reduceClauses(open, new Set(units)));
  }
  const parts = componentsOf(open).map((part) => searchPart(part, preference));
  return {
    chosen: [...forced, ...parts.flatMap(({ chosen }) => chosen)].toSorted(),
    ties: parts.filter(({ others }) => others.length > 0).map(({ isExact: _, ...tie }) => tie),
    isExact: parts.every(({ isExact }) => isExact),
  };
}

interface CoverSearch {
  readonly preference: CoverPreference;
  readonly stepLimit: number;
  steps: number;
  bestWeight: number;
  /** The sets of the lowest weight found so far, keyed by their joined names. */
  readonly best: Map<string, readonly string[]>;
  hasMore: boolean;
}

function searchPart(clauses: readonly Clause[], preference: CoverPreference): Tie & { isExact: boolean } {
  const search: CoverSearch = {
    preference,
    stepLimit: preference.stepLimit ?? STEP_LIMIT,
    steps: 0,
    bestWeight: Number.POSITIVE_INFINITY,
    best: new Map(),
    hasMore: false,
  };
  descend(search, clauses, [], 0);
  const [chosen = [], ...others] = [...search.best.values()].toSorted((a, b) =>
    comparePreferred(a, b, preference),
  );
  const isExact = search.steps <= search.stepLimit;
  return { chosen, others, isComplete: isExact && !search.hasMore, isExact };
}

function descend(
  search: CoverSearch,
  clauses: readonly Clause[],
  taken: readonly string[],
  weight: number,
): void {
  const { preference, best } = search;
  search.steps += 1;
  // The first path of the search is greedy and always completed, so that there is always a result.
  if (search.steps > search.stepLimit && best.size > 0) return;
  const bound = weight + leastFurtherWeight(clauses, preference);
  if (bound > search.bestWeight || (search.hasMore && bound >= search.bestWeight)) return;
  const clause = clauses.reduce<Clause | null>(
    (least, each) => (least === null || each.length < least.length ? each : least),
    null,
  );
  if (clause === null) {
    keep(search, taken, weight);
    return;
  }
  let open = clauses;
  for (const option of inGreedyOrder(clause, clauses, preference)) {
    const next = withoutRepetitions(reduceClauses(open, new Set(option)));
    descend(search, next, [...taken, ...option], weight + weightOf(option, preference));
    // All sets with this name have been searched, so the rest of the search can exclude the name.
    const [only, ...rest] = option;
    if (only !== undefined && rest.length === 0) open = withoutName(open, only);
    if (open.some(({ length }) => length === 0)) return;
  }
}

function keep(search: CoverSearch, taken: readonly string[], weight: number): void {
  const names = taken.toSorted();
  if (weight < search.bestWeight) {
    search.best.clear();
    search.hasMore = false;
    search.bestWeight = weight;
  }
  if (search.best.size > MOST_TIES && !search.best.has(names.join())) search.hasMore = true;
  else search.best.set(names.join(), names);
}

/**
 * Returns a lower bound for the remaining weight. Clauses without a common name each add at least their lightest
 * option.
 */
function leastFurtherWeight(clauses: readonly Clause[], preference: CoverPreference): number {
  const used = new Set<string>();
  let weight = 0;
  for (const clause of clauses.toSorted((a, b) => a.length - b.length)) {
    const names = clause.flat();
    if (names.some((name) => used.has(name))) continue;
    for (const name of names) used.add(name);
    weight += Math.min(...clause.map((option) => weightOf(option, preference)));
  }
  return weight;
}

function inGreedyOrder(clause: Clause, clauses: readonly Clause[], preference: CoverPreference): Clause {
  const gain = (option: Option) =>
    clauses.filter((each) => each.some((other) => other.every((name) => option.includes(name)))).length /
    weightOf(option, preference);
  return clause
    .map((option) => ({ option, gain: gain(option) }))
    .toSorted((a, b) => b.gain - a.gain || comparePreferred(a.option, b.option, preference))
    .map(({ option }) => option);
}

function withoutName(clauses: readonly Clause[], name: string): readonly Clause[] {
  return clauses.map((clause) => clause.filter((option) => !option.includes(name)));
}

function weightOf(option: Option, { weightOf: of }: CoverPreference): number {
  return option.reduce((sum, name) => sum + of(name), 0);
}

function comparePreferred(a: Option, b: Option, { rankOf }: CoverPreference): number {
  const dislike = (option: Option) => option.reduce((sum, name) => sum + rankOf(name), 0);
  return dislike(a) - dislike(b) || (a.join() < b.join() ? -1 : 1);
}
