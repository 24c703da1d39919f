import type { Remedy } from "../../verdict/verdict.ts";
import type { LayeredClaim } from "./misconception-claims.ts";
import { SOURCES } from "./source.ts";

/** A mistake that can be seen from the request alone, with its remedy. */
export interface RequestClaim extends LayeredClaim {
  readonly remedy: Remedy | null;
}

/** Returns a mistaken belief as a false claim, with its correction and remedy. */
export function wrong(
  layer: LayeredClaim["layer"],
  text: string,
  truth: string,
  remedy: Remedy,
  source: string = SOURCES.sdks,
): RequestClaim {
  return { layer, claim: { text, verdict: "false", truth, source }, remedy };
}
