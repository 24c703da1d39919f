import { type Finding, NOTHING_REFUSED } from "../finding.ts";
import type { ExplainKnowledge } from "../knowledge.ts";
import { findKnownError } from "./known-errors.ts";
import { explainSilence } from "./silent-channel.ts";

/** Explains a text in which no call of the API was refused, but something failed; null when it shows nothing of the kind. */
export function explainUnanswered(
  words: string,
  knowledge: Pick<ExplainKnowledge, "findTopic">,
): Finding | null {
  const silence = explainSilence(words, knowledge);
  if (silence !== null) return silence;
  const found = findKnownError(words);
  return found === null
    ? null
    : {
        ...NOTHING_REFUSED,
        layer: found.layer,
        summary: `the text shows no refusal by the API: ${found.meaning}`,
        claims: [],
        remedies: found.remedies,
      };
}
