import { SOURCES } from "./claims/source.ts";
import type { Claim, Finding } from "./finding.ts";
import { interpretFailure } from "./interpret.ts";
import type { ExplainKnowledge } from "./knowledge.ts";
import { NO_FAILURE_DETAILS } from "./paste/failure.ts";
import { type NamedAction, readActions, readNamedObjects } from "./prose/named-action.ts";
import { guessStatus, isProse } from "./prose/plain-prose.ts";

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
  const actions = isProse(words) ? readActions(words) : readNamedObjects(words);
  const [best, ...others] = guessOperations(actions, finding.missing.permissions, knowledge);
  if (best === undefined) return finding;
  const fitting = others.slice(0, 2).map((name) => `\`${name}\``);
  const doubt = fitting.length === 0 ? "" : `; ${fitting.join(" and ")} would fit too`;
  return {
    ...finding,
    claims: [...finding.claims, guessed(`the call was \`${best}\``, doubt)],
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

/**
 * Guesses the operation from the first meaningful noun, except operations that a named permission does not
 * allow.
 */
function guessOperations(
  actions: readonly NamedAction[],
  permissions: readonly string[],
  { guessOperations: guess }: ExplainKnowledge,
): readonly string[] {
  for (const { method, object } of actions) {
    const found = guess(method, object).filter(
      (operation) =>
        permissions.length === 0 || operation.permissions.some((name) => permissions.includes(name)),
    );
    if (found.length > 0) return found.map(({ method: verb, path }) => `${verb} ${path}`);
  }
  return [];
}

function guessed(text: string, doubt: string): Claim {
  return {
    text,
    verdict: "unknown",
    truth: `a guess from the words: the text contains neither request nor answer${doubt}`,
    source: SOURCES.paste,
  };
}
