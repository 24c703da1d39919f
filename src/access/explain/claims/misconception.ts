import type { Layer } from "../../verdict/verdict.ts";
import type { ClaimVerdict } from "../finding.ts";

/** A common misconception with its correction. */
export interface Misconception {
  /** Stable id, for tests and programs. */
  readonly id: string;
  /** Recognizes it in prose, code or a log. Secrets are already redacted. */
  readonly pattern: RegExp;
  /** The misconception as one sentence; `$1` is replaced by the first group of the match. */
  readonly claim: string;
  readonly verdict: ClaimVerdict;
  readonly truth: string;
  readonly source: string;
  /** The layer that the misconception is about, for text that contains no failure. */
  readonly layer: Layer;
}
