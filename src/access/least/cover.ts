import { type Clause, componentsOf, type Option, reduceClauses, withoutRepetitions } from "./clause.ts";

/** Other sets that would do as well as the chosen one, for a part of the clauses that no other part touches. */
export interface Tie {
  readonly chosen: readonly string[];
  readonly others: readonly (readonly string[])[];
  /** False: there are more than are listed. */
  readonly isComplete: boolean;
}

/** The lightest set of names that satisfies every clause. */
export interface Cover {
  readonly chosen: readonly string[];
  readonly ties: readonly Tie[];
  /** False: the search was given up, and a lighter set may exist. */
  readonly isExact: boolean;
}

/** What makes one set of names better than another. */
export interface CoverPreference {
  /** What a name costs; a positive integer, 1 when all that matters is how many there are. */
  weightOf(name: string): number;
  /** Which of equally heavy sets is taken: the one with the lower sum, then the first by name. */
  dislikeOf(name: string): number;
  /** How many steps the search may take for each part; beyond it the best set so far is taken. */
  readonly stepLimit?: number;
}

/** Enough for all operations of the platform at once; reached only by clauses that overlap in every way. */
const STEP_LIMIT = 50_000;
const MOST_TIES = 32;

/**
 * The lightest set of names that satisfies every clause, by branch and bound: names without an alternative
 * first (unit propagation), then each independent part by itself. Where the search takes more than the step
 * limit, the set is the best that was found, starting from the greedy one, and `isExact` is false.
 * Deterministic. A clause without options can't be satisfied: leave it out.
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

interface Search {
  readonly preference: CoverPreference;
  readonly stepLimit: number;
  steps: number;
  bestWeight: number;
  /** All sets of the best weight that were found, by their names joined. */
  readonly best: Map<string, readonly string[]>;
  hasMore: boolean;
}

function searchPart(clauses: readonly Clause[], preference: CoverPreference): Tie & { isExact: boolean } {
  const search: Search = {
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

function descend(search: Search, clauses: readonly Clause[], taken: readonly string[], weight: number): void {
  const { preference, best } = search;
  search.steps += 1;
  // The first way down is the greedy one: it is always finished, so that there is a set in any case.
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
    // Every set with this name has been looked at now.
    const [only, ...rest] = option;
    if (only !== undefined && rest.length === 0) open = withoutName(open, only);
    if (open.some(({ length }) => length === 0)) return;
  }
}

function keep(search: Search, taken: readonly string[], weight: number): void {
  const names = taken.toSorted();
  if (weight < search.bestWeight) {
    search.best.clear();
    search.hasMore = false;
    search.bestWeight = weight;
  }
  if (search.best.size > MOST_TIES && !search.best.has(names.join())) search.hasMore = true;
  else search.best.set(names.join(), names);
}

/** A lower bound: clauses that share no name each cost at least their lightest option. */
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

function comparePreferred(a: Option, b: Option, { dislikeOf }: CoverPreference): number {
  const dislike = (option: Option) => option.reduce((sum, name) => sum + dislikeOf(name), 0);
  return dislike(a) - dislike(b) || (a.join() < b.join() ? -1 : 1);
}
