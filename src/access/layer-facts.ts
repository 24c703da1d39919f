import type { Principal } from "../platform/reading/principal.ts";
import type { RemedyQuestion } from "./remedy/question.ts";
import type { Aspect } from "./verdict/aspect.ts";
import type { LayerResult } from "./verdict/layer-result.ts";
import type { RefusalFacts } from "./verdict/refusal-facts.ts";
import type { Remedy } from "./verdict/verdict.ts";

/** Everything that is known about one layer of the platform's checks. */
export interface LayerFacts {
  /** Short description of the problem for the rule page of a code scanner. */
  readonly title: string;
  /** Advice for the same page. */
  readonly help: string;
  /**
   * The refusal codes that announce this layer, by HTTP status; `oauth` for the token endpoint. If the codes
   * of several layers match, the last of them in the platform's order refused.
   */
  readonly codes: Readonly<Partial<Record<number | "oauth", RegExp>>>;
  /** Whether reading the token can confirm or rule out a refusal here. */
  readonly isDecidedByToken: boolean;
  /** Differences between two principals that can explain different verdicts here. */
  readonly aspects: readonly Aspect[];
  /** Returns what a refusal at this layer means, from the refusal alone. */
  meaning(refusal: RefusalFacts): string;
  /** Returns the usual changes, smallest first, from the refusal alone. */
  usualRemedies(refusal: RefusalFacts): readonly Remedy[];
  /** Returns the exact changes for a principal, smallest first. */
  remedies(principal: Principal, objection: LayerResult, question: RemedyQuestion): readonly Remedy[];
}
