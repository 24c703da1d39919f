import type { Layer } from "../../verdict/verdict.ts";
import { findBelieved } from "../assertion/asserted.ts";
import { sentenceAround } from "../assertion/clause.ts";
import type { Claim } from "../finding.ts";
import type { Misconception } from "./misconceptions/misconception.ts";
import { MISCONCEPTIONS } from "./misconceptions/misconceptions.ts";

/** A claim, with the layer to report when the text contains no failure that the claim is about. */
export interface LayeredClaim {
  readonly claim: Claim;
  readonly layer: Layer;
}

/** Maximum number of names to report for one misconception. */
const MOST_NAMES = 20;

/** Finds the common misconceptions in the text. One that mentions several names is reported once for each. */
export function findMisconceptions(text: string): readonly LayeredClaim[] {
  const found = new Map<string, LayeredClaim>();
  for (const misconception of MISCONCEPTIONS) {
    const { claim, verdict, truth, source, layer } = misconception;
    for (const match of matchesOf(misconception, text).slice(0, MOST_NAMES)) {
      const stated = claim.replace("$1", match[1] ?? "");
      found.set(stated.toLowerCase(), { claim: { text: stated, verdict, truth, source }, layer });
    }
  }
  return [...found.values()];
}

/** Returns the matches in which the author of the text expresses the misconception. */
function matchesOf(
  { pattern, needs = [], unless, sentence, outside }: Misconception,
  text: string,
): readonly RegExpExecArray[] {
  const found = findBelieved(pattern, text);
  if (found.length === 0 || unless?.test(text) === true || needs.some((need) => !need.test(text))) return [];
  return found.filter((match) => {
    const around = sentenceAround(text, match.index, match.index + match[0].length);
    return sentence?.test(around) !== false && outside?.test(around) !== true;
  });
}

/**
 * Returns the claim of the misconception with this id, for code that detects it without a pattern.
 * @throws Error when the table does not contain the id, which is a bug
 */
export function claimOfMisconception(id: string): LayeredClaim {
  const known = MISCONCEPTIONS.find((misconception) => misconception.id === id);
  if (known === undefined) throw new Error(`no misconception has the id ${id}`);
  const { claim, verdict, truth, source, layer } = known;
  return { claim: { text: claim, verdict, truth, source }, layer };
}
