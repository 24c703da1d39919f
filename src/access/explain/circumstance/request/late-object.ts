import { reports } from "../../assertion/asserted.ts";
import { SOURCES } from "../../claims/source.ts";
import { sentencesOf } from "../../paste/text/sentences.ts";
import type { Circumstance, CircumstanceFacts } from "../circumstance.ts";

/** Matches a mention of an object that was just created or of a conversation that just ended. */
const CREATED =
  /\b(?:creat(?:e|ed|ing|ion)|add(?:ed|ing)?|new|POST)\b|\b(?:right|immediately|directly|just|shortly|straight|seconds?) after\b[^.\n]{0,60}\b(?:end(?:s|ed)?|start(?:s|ed)?|disconnect(?:s|ed)?|finish(?:es|ed)?|hang(?:s|ing)? up|complet(?:es|ed))\b/i;
/** Matches a statement that the read succeeds later. */
const LATER =
  /\b(?:(?:minutes?|seconds?|moments?|hours?|a while|some time|bit) later|later (?:it|the same|on)|eventually|after (?:a |some |about |\d+ |one |two |a few |several )?(?:more )?(?:minutes?|seconds?|moments?|while|retries|wait\w*|time)|on (?:the )?(?:second|third|next|a later) (?:try|attempt|call)|(?:works?|succeeds?|fine) (?:after|if (?:we|I) wait|when (?:we|I) (?:wait|retry)))\b/i;
const WORKS = /\b(?:works?|fine|ok|succeed(?:s|ed)?|found|200|appears?|exists?|returns? (?:the|it)|there)\b/i;

/**
 * Recognizes a read that does not find a new object at first but finds it later; null when the text reports no
 * such read.
 */
export function findLateObject({ status, words, failure, layer }: CircumstanceFacts): Circumstance | null {
  if (status !== 404 || layer !== "request" || failure.request?.method === "DELETE") return null;
  if (!reports(CREATED, words) || !sentencesOf(words).some(saysWorksLater)) return null;
  return {
    layer: "request",
    meaning:
      "the object did not exist yet for this service, and according to the text the same read works later; permissions and scopes do not matter here",
    claims: [
      {
        text: "a created object can be read everywhere without delay",
        verdict: "false",
        truth: "services see a new object at different times (eventual consistency)",
        source: SOURCES.reports,
      },
    ],
    remedies: [
      {
        kind: "wait",
        summary:
          "repeat the read with increasing waits until it succeeds, and in the meantime use the response to the request that created the object",
      },
    ],
    isWholeRemedy: true,
  };
}

/** Whether a sentence says that the read succeeds later, without saying that it still fails. */
function saysWorksLater(sentence: string): boolean {
  return reports(LATER, sentence) && reports(WORKS, sentence) && !/\b(?:still|never)\b/i.test(sentence);
}
