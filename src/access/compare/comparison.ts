import type { Aspect } from "../verdict/aspect.ts";
import type { Layer, VerdictName } from "../verdict/verdict.ts";

/** One thing that is not the same on both sides. */
export interface Difference {
  readonly aspect: Aspect;
  /** The permission that the row is about; null for other aspects. */
  readonly permission: string | null;
  readonly here: string;
  readonly there: string;
  /** The checks whose verdict it explains; empty for a difference that changes nothing for them. */
  readonly decides: readonly string[];
}

/** One check on both sides. */
export interface ComparedResult {
  readonly name: string;
  readonly here: { readonly verdict: VerdictName; readonly layer: Layer };
  readonly there: { readonly verdict: VerdictName; readonly layer: Layer };
  readonly isSame: boolean;
}

/** Two principals side by side, for the operations that were asked about. */
export interface Comparison {
  readonly here: string;
  readonly there: string;
  /** What decides first, then the rest in the platform's order of checks. */
  readonly differences: readonly Difference[];
  readonly results: readonly ComparedResult[];
}
