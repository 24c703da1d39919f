import type { Layer } from "../../verdict/verdict.ts";
import type { ClaimVerdict } from "../finding.ts";

/** A common misconception with its correction. */
export interface Misconception {
  /** Stable, for tests and programs. */
  readonly id: string;
  /** Recognizes it in prose, code or a log. Secrets are already redacted. */
  readonly pattern: RegExp;
  /** The misconception in one sentence; `$1` stands for the match of the pattern's first group. */
  readonly claim: string;
  readonly verdict: ClaimVerdict;
  readonly truth: string;
  readonly source: string;
  /** The layer it is about, for texts that contain no failure. */
  readonly layer: Layer;
}
