import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";
import { API_ROOT } from "../facts/operation-line.ts";
import { isPlaceholder } from "../facts/path-tree.ts";
import { difference } from "./edit-distance.ts";

/** Maximum number of suggestions. */
export const CLOSEST_LIMIT = 5;
const MOST_SEGMENTS = 24;
const WRONG_METHOD = 0.35;
/** Cost of a missing or extra word; the words most often forgotten cost less. */
const GAP = 0.7;
const FORGOTTEN_WORD = 0.35;
const FORGOTTEN_WORDS: ReadonlySet<string> = new Set(["query", "search", "details", "me"]);
const SINGULAR_OR_PLURAL = 0.1;
/** Similarity below which two words count as different. */
const HARDLY_ALIKE = 0.6;
const WORD_FOR_PARAMETER = 0.75;
const DIFFERENT_IDENTIFIER = 0.35;

interface Scored {
  readonly operation: Operation;
  readonly score: number;
}

/**
 * Returns the operations closest to a path, best first. Compares segment by segment: a typing error, a
 * missing word, a missing id and a wrong method each have their own cost; ids cost nothing.
 */
export function closestByPath(
  catalogue: Catalogue,
  segments: readonly string[],
  method: string | null,
): readonly Operation[] {
  // No operation has half as many segments, so none is close to such a path.
  if (
    segments.length > MOST_SEGMENTS ||
    segments.every((segment) => !/[a-z]/i.test(segment) || isPlaceholder(segment))
  ) {
    return [];
  }
  const comparisons = segments.map(() => new Map<string, number>());
  const compare = (index: number, template: string): number => {
    const known = comparisons[index]?.get(template);
    if (known !== undefined) return known;
    const cost = substitutionCost(segments[index] ?? "", template);
    comparisons[index]?.set(template, cost);
    return cost;
  };
  const limit = Math.min(2, Math.max(1.2, segments.length * 0.4));
  const scored: Scored[] = [];
  let path = "";
  let pathScore = 0;
  for (const operation of catalogue.operations()) {
    if (operation.path !== path) {
      path = operation.path;
      pathScore = alignmentCost(segments.length, path.slice(API_ROOT.length).split("/"), compare);
    }
    const score = pathScore + (method === null || method === operation.method ? 0 : WRONG_METHOD);
    if (score <= limit) scored.push({ operation, score });
  }
  return best(scored);
}

/** Returns the operations whose ids are closest to `identifier`, best first. */
export function closestByIdentifier(catalogue: Catalogue, identifier: string): readonly Operation[] {
  const wanted = identifier.replace(/[_-]/g, "").toLowerCase();
  const scored: Scored[] = [];
  for (const operation of catalogue.operations()) {
    const id = operation.operationId.toLowerCase();
    const score = difference(wanted, id, DIFFERENT_IDENTIFIER);
    if (score <= DIFFERENT_IDENTIFIER) scored.push({ operation, score });
  }
  return best(scored);
}

function best(scored: readonly Scored[]): readonly Operation[] {
  const ordered = scored.toSorted(
    (left, right) =>
      left.score - right.score ||
      Number(left.operation.isDeprecated) - Number(right.operation.isDeprecated) ||
      left.operation.path.length - right.operation.path.length,
  );
  const [first] = ordered;
  return first === undefined
    ? []
    : ordered
        .filter(({ score }) => score <= first.score + GAP)
        .slice(0, CLOSEST_LIMIT)
        .map(({ operation }) => operation);
}

/**
 * Returns the lowest cost of turning the given segments into the template's (dynamic programming over both).
 */
function alignmentCost(
  count: number,
  template: readonly string[],
  compare: (index: number, template: string) => number,
): number {
  let previous = [0];
  for (const segment of template) previous.push((previous.at(-1) ?? 0) + gapCost(segment));
  for (let row = 1; row <= count; row += 1) {
    const current = [row * GAP];
    for (const [column, segment] of template.entries()) {
      current.push(
        Math.min(
          (previous[column + 1] ?? 0) + GAP,
          (current[column] ?? 0) + gapCost(segment),
          (previous[column] ?? 0) + compare(row - 1, segment),
        ),
      );
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}

function gapCost(templateSegment: string): number {
  return FORGOTTEN_WORDS.has(templateSegment) ? FORGOTTEN_WORD : GAP;
}

function substitutionCost(given: string, templateSegment: string): number {
  const word = given.toLowerCase();
  if (templateSegment.startsWith("{")) {
    return isPlaceholder(given) || /\d/.test(given) || given === "" ? 0 : WORD_FOR_PARAMETER;
  }
  if (isPlaceholder(given)) return 1;
  if (word === templateSegment) return given === templateSegment ? 0 : 0.01;
  if (singularOf(word) === singularOf(templateSegment)) return SINGULAR_OR_PLURAL;
  const unlike = difference(word, templateSegment, HARDLY_ALIKE);
  return unlike > HARDLY_ALIKE ? 1.2 : unlike;
}

function singularOf(word: string): string {
  return word
    .replace(/ies$/, "y")
    .replace(/(?:es|s)$/, "")
    .replace(/e$/, "");
}
