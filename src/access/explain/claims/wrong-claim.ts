import type { Remedy } from "../../verdict/verdict.ts";
import type { LayeredClaim } from "./misconception-claims.ts";
import { SOURCES } from "./source.ts";

/** A mistake that is visible in the request alone. */
export interface RequestClaim extends LayeredClaim {
  readonly remedy: Remedy | null;
}

/** Builds a false claim with its correction. */
export function wrong(
  layer: LayeredClaim["layer"],
  text: string,
  truth: string,
  remedy: Remedy,
  source: string = SOURCES.sdks,
): RequestClaim {
  return { layer, claim: { text, verdict: "false", truth, source }, remedy };
}
