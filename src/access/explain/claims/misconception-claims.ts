import type { Layer } from "../../verdict/verdict.ts";
import type { Claim } from "../finding.ts";
import { MISCONCEPTIONS } from "./misconceptions.ts";

/** A claim with what it is about, for when nothing else in the text says which layer is meant. */
export interface LayeredClaim {
  readonly claim: Claim;
  readonly layer: Layer;
}

/** Every circulating belief that a text holds, each once per thing it names. */
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
 * The claim of a belief that something else than its wording gave away, by its id.
 * @throws Error for an id that is not in the table, which is a fault of ours
 */
export function claimOfMisconception(id: string): LayeredClaim {
  const known = MISCONCEPTIONS.find((misconception) => misconception.id === id);
  if (known === undefined) throw new Error(`no misconception is called ${id}`);
  const { claim, verdict, truth, source, layer } = known;
  return { claim: { text: claim, verdict, truth, source }, layer };
}
