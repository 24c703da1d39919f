/** Kinds of findings about an OAuth client, as `--fail-on` names them. */
export const CLIENT_FINDING_KINDS = ["unused", "excess", "failing", "deprecated-grant", "expiring"] as const;
export type ClientFindingKind = (typeof CLIENT_FINDING_KINDS)[number];

/** One finding about an OAuth client. */
export interface ClientFinding {
  /** Stable id: the kind and the client's id. */
  readonly id: string;
  readonly kind: ClientFindingKind;
  /**
   * `found`: certain. `not-seen`: no calls were observed, but there may have been some. `unknown`: the facts could
   * not be read.
   */
  readonly state: "found" | "not-seen" | "unknown";
  readonly summary: string;
}
