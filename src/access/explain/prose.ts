import type { Operation } from "../../catalogue/facts/operation.ts";
import { nameOf, type OperationLookup } from "../../catalogue/lookup/operation-lookup.ts";
import { stateRequirement } from "./claims/requirement-claims.ts";
import { SOURCES } from "./claims/source.ts";
import type { Claim, Finding } from "./finding.ts";
import { interpretFailure } from "./interpret.ts";
import type { ExplainKnowledge } from "./knowledge.ts";
import { NO_FAILURE_DETAILS } from "./paste/failure.ts";
import { type NamedAction, readActions, readNamedObjects } from "./prose/named-action.ts";
import { callOfThing, readMetrics } from "./prose/named-thing.ts";
import { guessStatus, isProse } from "./prose/plain-prose.ts";

const OF_WORKFORCE = /\bWFM\b|\bworkforce\b/i;
/** A person names the metrics of a query near the failure. */
const LONGEST_STORY = 4_000;

/**
 * Explains a sentence in which only words describe a refusal; null for any other text. Guesses are marked as
 * such.
 */
export function explainProse(words: string, knowledge: ExplainKnowledge): Finding | null {
  const status = isProse(words) ? guessStatus(words) : null;
  if (status === null) return null;
  const finding = interpretFailure({ ...NO_FAILURE_DETAILS, form: "words", status }, knowledge, words, words);
  return {
    ...finding,
    summary: `probably ${finding.summary}`,
    claims: [guessed(`the service answered ${status}`, ""), ...finding.claims],
  };
}

/**
 * Adds the operation that a sentence about a 403 probably means as a candidate; the finding itself names
 * none.
 */
export function withGuessedCall(finding: Finding, words: string, knowledge: ExplainKnowledge): Finding {
  const isOpen = finding.status === 403 && finding.operation === null && finding.request === null;
  if (!isOpen) return finding;
  const { permissions } = finding.missing;
  const ofMetrics = operationsOfMetrics(words, permissions, knowledge);
  const actions = isProse(words) ? readActions(words) : readNamedObjects(words);
  const area = OF_WORKFORCE.test(words) ? "wfm " : "";
  const objects = actions.map(({ method, object }) => ({ method, object: `${area}${object}` }));
  const found = ofMetrics.length > 0 ? ofMetrics : guessOperations(objects, permissions, knowledge);
  const [guess, ...others] = found;
  if (guess === undefined) return finding;
  const best = nameOf(guess);
  const fitting = others.slice(0, 2).map((other) => `\`${nameOf(other)}\``);
  const doubt = fitting.length === 0 ? "" : `; ${fitting.join(" and ")} would fit too`;
  return {
    ...finding,
    claims: [...finding.claims, guessed(`the call was \`${best}\``, doubt), stateRequirement(guess)],
    remedies: finding.remedies.map((remedy) =>
      finding.layer === "unknown" && remedy.kind === "check-live"
        ? {
            ...remedy,
            summary:
              "if that was the call, find the layer by elimination: compare it with what the token holds",
            command: `genscope check-scopes "${best}"`,
          }
        : remedy,
    ),
  };
}

/** The analytics queries that return the first known metric that the text names. */
function operationsOfMetrics(
  words: string,
  permissions: readonly string[],
  { queriesOfMetric, findOperation }: ExplainKnowledge,
): readonly Operation[] {
  for (const metric of readMetrics(words.slice(0, LONGEST_STORY))) {
    const found = queriesOfMetric(metric)
      .flatMap((path) => foundOf(findOperation("POST", path)))
      .filter((operation) => canNeed(operation, permissions));
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * Guesses the operation from the first meaningful noun, except operations that a named permission does not
 * allow.
 */
function guessOperations(
  actions: readonly NamedAction[],
  permissions: readonly string[],
  { guessOperations: guess, findOperation }: ExplainKnowledge,
): readonly Operation[] {
  for (const { method, object } of actions) {
    const thing = callOfThing(method, object);
    const found = (thing === null ? guess(method, object) : foundOf(findOperation(...thing))).filter(
      (operation) => canNeed(operation, permissions),
    );
    if (found.length > 0) return found;
  }
  return [];
}

function foundOf(lookup: OperationLookup): readonly Operation[] {
  return lookup.kind === "found" ? [lookup.operation] : [];
}

function canNeed(operation: Operation, permissions: readonly string[]): boolean {
  return permissions.length === 0 || operation.permissions.some((name) => permissions.includes(name));
}

function guessed(text: string, doubt: string): Claim {
  return {
    text,
    verdict: "unknown",
    truth: `a guess from the wording: the text contains neither a request nor an answer${doubt}`,
    source: SOURCES.paste,
  };
}
