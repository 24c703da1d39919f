import type { Layer } from "../../../verdict/verdict.ts";
import type { ClaimVerdict } from "../../finding.ts";

/** A common misconception with its correction. */
export interface Misconception {
  /** Stable id, for tests and programs. */
  readonly id: string;
  /** Matches the misconception in prose, code or a log, after secrets have been removed. */
  readonly pattern: RegExp;
  /** Patterns that the whole text must match. */
  readonly needs?: readonly RegExp[];
  /** Matches text that excludes the misconception. */
  readonly unless?: RegExp;
  /** A pattern that the sentence around the match must match. */
  readonly sentence?: RegExp;
  /** Matches a sentence around the match that excludes the misconception. */
  readonly outside?: RegExp;
  /** The misconception as one sentence; `$1` is replaced by the first group of the match. */
  readonly claim: string;
  readonly verdict: ClaimVerdict;
  readonly truth: string;
  readonly source: string;
  /** The layer to report when the text contains no failure. */
  readonly layer: Layer;
}
