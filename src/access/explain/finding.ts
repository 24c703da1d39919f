import type { Layer, MissingAccess, Remedy } from "../verdict/verdict.ts";

/**
 * The verdict on a claim. For `true` and `false`, the claim names its source. A `misleading` claim is literally
 * true but suggests something false. An `unknown` claim cannot be decided from the paste.
 */
export type ClaimVerdict = "true" | "false" | "misleading" | "unknown";

/** Words that introduce a claim in the output, by verdict. A true claim needs no introduction. */
export const CLAIM_OPENINGS: Readonly<Record<ClaimVerdict, string>> = {
  true: "",
  false: "wrong: ",
  misleading: "misleading: ",
  unknown: "not certain: ",
};

/** A statement from the paste, the service or a common misconception, with a verdict on it. */
export interface Claim {
  readonly text: string;
  readonly verdict: ClaimVerdict;
  /** The correction, or the missing evidence; null when there is nothing to add. */
  readonly truth: string | null;
  /** The source of the verdict. */
  readonly source: string;
}

export interface NamedOperation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
}

/** The request line of the failed call, without its query, which can contain secrets. */
export interface RequestLine {
  readonly method: string | null;
  readonly host: string | null;
  readonly path: string | null;
}

/** The explanation of one failure, or of a mistake that has not caused a failure yet. */
export interface Finding {
  /** The layer that refused the call. */
  readonly layer: Layer;
  readonly status: number | null;
  readonly code: string | null;
  readonly operation: NamedOperation | null;
  /** Notification topics of a refused subscription, with `{id}` for every id. */
  readonly topics: readonly string[];
  /** What happened and what it means, in one or two sentences. */
  readonly summary: string;
  /** The service's message, without secrets. */
  readonly message: string | null;
  readonly request: RequestLine | null;
  /** What the service reports as missing, which is a hint rather than a fact. */
  readonly missing: MissingAccess;
  readonly claims: readonly Claim[];
  readonly remedies: readonly Remedy[];
  /** The correlation id to quote to Genesys support. */
  readonly correlationId: string | null;
  /** All correlation ids of this failure; several when header and body differ. */
  readonly correlationIds: readonly string[];
  /** The wait that the service asks for, in seconds. */
  readonly retryAfterSeconds: number | null;
}

/** A finding about text in which no call was refused. */
export const NOTHING_REFUSED: Omit<Finding, "layer" | "summary" | "claims"> = {
  status: null,
  code: null,
  operation: null,
  topics: [],
  message: null,
  request: null,
  missing: { permissions: [], scopes: [], divisions: [] },
  remedies: [],
  correlationId: null,
  correlationIds: [],
  retryAfterSeconds: null,
};

/** Removes claims that repeat an earlier one word for word. */
export function uniqueClaims(claims: readonly Claim[]): readonly Claim[] {
  return [...new Map(claims.map((claim) => [claim.text.toLowerCase(), claim])).values()];
}
