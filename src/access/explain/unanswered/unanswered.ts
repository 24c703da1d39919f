import { reports } from "../assertion/asserted.ts";
import { type Finding, NOTHING_REFUSED } from "../finding.ts";
import type { ExplainKnowledge } from "../knowledge.ts";
import { remediesOfKnown } from "./known-error.ts";
import { findKnownError } from "./known-errors.ts";
import { explainSilence } from "./silent-channel.ts";

/** Matches a status with which the API refuses. */
const STATUS = /(?<![\w.:/-])(?:40[013459]|429|50[0234])s?\b(?!\s[a-z]+s\b(?<!\b(?:errors|responses)))/i;

/**
 * Explains text in which something failed although no API call was refused; null when it describes no such
 * failure.
 */
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
        // A status that the text reports may belong to a call that failed as well.
        summary: reports(STATUS, words)
          ? found.meaning
          : `the text shows no refusal by the API: ${found.meaning}`,
        claims: [],
        remedies: remediesOfKnown(found, words),
      };
}
