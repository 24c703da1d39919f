import type { Aspect } from "../verdict/aspect.ts";
import type { Layer, VerdictName } from "../verdict/verdict.ts";

/** One aspect in which the two principals differ. */
export interface Difference {
  readonly aspect: Aspect;
  /** The permission that differs; null for other aspects. */
  readonly permission: string | null;
  readonly here: string;
  readonly there: string;
  /** Names of the checks whose verdicts differ because of this aspect; empty if there are none. */
  readonly decides: readonly string[];
}

/** The result of one check for each of the two principals. */
export interface ComparedResult {
  readonly name: string;
  readonly here: { readonly verdict: VerdictName; readonly layer: Layer };
  readonly there: { readonly verdict: VerdictName; readonly layer: Layer };
  readonly isSame: boolean;
}

/** A comparison of two principals for a list of checks. */
export interface Comparison {
  readonly here: string;
  readonly there: string;
  /** Differences that explain a verdict come first. The others follow in the platform's order of checks. */
  readonly differences: readonly Difference[];
  readonly results: readonly ComparedResult[];
}
