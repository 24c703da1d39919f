import type { Layer, Missing, Remedy } from "../verdict/verdict.ts";

/**
 * What became of a claim: `true` and `false` are backed by the named source; `misleading` is literally what was said,
 * but following it leads astray; `unknown` could not be decided with what was at hand.
 */
export type ClaimVerdict = "true" | "false" | "misleading" | "unknown";

/** Something that the paste, the service or a usual belief says, held against what is known. */
export interface Claim {
  readonly text: string;
  readonly verdict: ClaimVerdict;
  /** What is so instead, or what would decide it; null when there is nothing to add. */
  readonly truth: string | null;
  /** What the verdict rests on. */
  readonly source: string;
}

export interface OperationName {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
}

/** The request line of the failed call; never with its query, which can carry secrets. */
export interface RequestLine {
  readonly method: string | null;
  readonly host: string | null;
  readonly path: string | null;
}

/** One failure (or one mistake that has not failed yet), explained. */
export interface Finding {
  /** Who refused. */
  readonly layer: Layer;
  readonly status: number | null;
  readonly code: string | null;
  readonly operation: OperationName | null;
  /** What happened and what it means, one or two sentences. */
  readonly summary: string;
  /** The service's own words, without secrets. */
  readonly message: string | null;
  readonly request: RequestLine | null;
  /** What the service says is missing: a hint, not a fact. */
  readonly missing: Missing;
  readonly claims: readonly Claim[];
  readonly remedies: readonly Remedy[];
  /** The id to quote to the platform's support. */
  readonly correlationId: string | null;
  /** All ids of this failure, when the header and the body disagree. */
  readonly correlationIds: readonly string[];
  /** How long the service asks to wait, in seconds. */
  readonly retryAfterSeconds: number | null;
}
