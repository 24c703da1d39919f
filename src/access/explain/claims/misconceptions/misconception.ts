import type { Layer } from "../../../verdict/verdict.ts";
import type { ClaimVerdict } from "../../finding.ts";

/** A common misconception with its correction. */
export interface Misconception {
  /** Stable id, for tests and programs. */
  readonly id: string;
  /** Matches the misconception in prose, code or a log, after secrets have been removed. */
  readonly pattern: RegExp;
  /** The misconception as one sentence; `$1` is replaced by the first group of the match. */
  readonly claim: string;
  readonly verdict: ClaimVerdict;
  readonly truth: string;
  readonly source: string;
  /** The layer to report when the text contains no failure. */
  readonly layer: Layer;
}
