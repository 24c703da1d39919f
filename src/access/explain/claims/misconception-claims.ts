import type { Layer } from "../../verdict/verdict.ts";
import type { Claim } from "../finding.ts";
import { MISCONCEPTIONS } from "./misconceptions/misconceptions.ts";

/** A claim, with the layer to report when no failure in the text belongs to it. */
export interface LayeredClaim {
  readonly claim: Claim;
  readonly layer: Layer;
}

/** Finds every common misconception in the text, once per name it mentions. */
export function findMisconceptions(text: string): readonly LayeredClaim[] {
  const found = new Map<string, LayeredClaim>();
  for (const { pattern, claim, verdict, truth, source, layer } of MISCONCEPTIONS) {
    let count = 0;
    for (const match of text.matchAll(pattern)) {
      if (++count > 20) break;
      const stated = claim.replace("$1", match[1] ?? "");
      found.set(stated.toLowerCase(), { claim: { text: stated, verdict, truth, source }, layer });
    }
  }
  return [...found.values()];
}

/**
 * Returns the claim of a misconception by its id, for code that detects the misconception without a pattern.
 * @throws Error when the table does not contain the id, which is a bug
 */
export function claimOfMisconception(id: string): LayeredClaim {
  const known = MISCONCEPTIONS.find((misconception) => misconception.id === id);
  if (known === undefined) throw new Error(`no misconception has the id ${id}`);
  const { claim, verdict, truth, source, layer } = known;
  return { claim: { text: claim, verdict, truth, source }, layer };
}
