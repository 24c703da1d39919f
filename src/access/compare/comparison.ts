import type { Aspect } from "../verdict/aspect.ts";
import type { Layer, VerdictName } from "../verdict/verdict.ts";

/** One aspect in which the two principals differ. */
export interface Difference {
  readonly aspect: Aspect;
  /** The permission of this row; null for other aspects. */
  readonly permission: string | null;
  readonly here: string;
  readonly there: string;
  /** Names of the checks whose differing verdicts this aspect explains; empty if there are none. */
  readonly decides: readonly string[];
}

/** The verdicts of one check on both sides. */
export interface ComparedResult {
  readonly name: string;
  readonly here: { readonly verdict: VerdictName; readonly layer: Layer };
  readonly there: { readonly verdict: VerdictName; readonly layer: Layer };
  readonly isSame: boolean;
}

/** Two principals side by side, for the checked operations. */
export interface Comparison {
  readonly here: string;
  readonly there: string;
  /** Decisive differences first, then the rest in the platform's order of checks. */
  readonly differences: readonly Difference[];
  readonly results: readonly ComparedResult[];
}
