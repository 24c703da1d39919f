import type { Finding } from "../../../access/explain/finding.ts";
import type { CheckedPrincipal } from "../check-scopes/result.ts";

/** The JSON contract of `explain`. */
export interface ExplainResult {
  readonly schema: "genscope/explain/v1";
  /** Whose token the findings were held against; null without one. */
  readonly principal: CheckedPrincipal | null;
  readonly findings: readonly Finding[];
}
