import type { Principal } from "../platform/reading/principal.ts";
import type { RemedyQuestion } from "./remedy/question.ts";
import type { Aspect } from "./verdict/aspect.ts";
import type { LayerResult } from "./verdict/layer-result.ts";
import type { RefusalFacts } from "./verdict/refusal-facts.ts";
import type { Remedy } from "./verdict/verdict.ts";

/** The facts and functions that describe one layer of the platform's checks. */
export interface LayerFacts {
  /** Short title of the problem, for the rule in a code-scanning report (SARIF). */
  readonly title: string;
  /** Help text of the SARIF rule. */
  readonly help: string;
  /**
   * Refusal codes that indicate this layer, by HTTP status, or by `oauth` for the token endpoint. When several layers
   * match a code, the last of them in the platform's order is the one that refused.
   */
  readonly codes: Readonly<Partial<Record<number | "oauth", RegExp>>>;
  /** Whether the facts about a token can confirm or rule out a refusal at this layer. */
  readonly isDecidedByToken: boolean;
  /** Aspects of two principals whose differences can explain different verdicts at this layer. */
  readonly aspects: readonly Aspect[];
  /** Describes what a refusal at this layer means, without knowing the principal. */
  meaning(refusal: RefusalFacts): string;
  /** Lists the usual fixes, smallest first, without knowing the principal. */
  usualRemedies(refusal: RefusalFacts): readonly Remedy[];
  /** Lists the exact fixes for a principal, smallest first. */
  remedies(principal: Principal, objection: LayerResult, question: RemedyQuestion): readonly Remedy[];
}
