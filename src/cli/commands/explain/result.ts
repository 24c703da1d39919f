import type { Finding } from "../../../access/explain/finding.ts";
import type { CheckedPrincipal } from "../check-scopes/result.ts";

/** The JSON contract of `explain`. */
export interface ExplainResult {
  readonly schema: "genscope/explain/v1";
  /** The principal whose token was compared with the findings; null when no token was compared. */
  readonly principal: CheckedPrincipal | null;
  readonly findings: readonly Finding[];
}
