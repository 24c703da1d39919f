import type { Provenance } from "./operation.ts";

/** Kind of rule that a caveat adds. */
export type CaveatKind =
  | "all-divisions"
  | "depends-on-request"
  | "depends-on-object"
  | "waived"
  | "reduces"
  | "target"
  | "current-user"
  | "own-403"
  | "effectful-get"
  | "reading-post";

/**
 * The effect of a caveat. The first seven change a verdict or add a note to it; the last four decide whether a request
 * is a harmless read.
 */
export type CaveatEffect =
  | "allowed-only-if-held-in-all-divisions"
  | "allowed-becomes-conditional"
  | "denied-becomes-conditional"
  | "allowed-but-partial"
  | "client-refused"
  | "client-doubtful"
  | "note"
  | "harmless"
  | "harmless-probably"
  | "starts-query"
  | "not-harmless";

/** Aspects of a request, an object or a grant that a condition can depend on. */
export type ConditionAspect =
  | "body"
  | "query"
  | "path"
  | "value"
  | "grant"
  | "callerIs"
  | "object"
  | "property"
  | "division";

export type CaveatCondition = Readonly<Partial<Record<ConditionAspect, string>>>;

/** The permissions that one parameter value requires. */
export interface CaveatCase {
  /** Name and value of the parameter, or a description of the case. */
  readonly when:
    | { readonly in: "path" | "query"; readonly name: string; readonly value: string }
    | { readonly words: string };
  /** The permissions, all of which are required; null when they are not published. */
  readonly permissions: readonly string[] | null;
  readonly isConfirmed: boolean;
}

/**
 * A rule that prose, declared error codes or announcements add to an operation's permission list. It is a
 * curated fact: it was reviewed by hand, and it can only weaken a verdict.
 */
export interface Caveat {
  readonly kind: CaveatKind;
  readonly effect: CaveatEffect;
  readonly statement: string;
  /**
   * Whether a source states the rule; otherwise it was inferred from a code's name, a path or a list of
   * variants.
   */
  readonly isConfirmed: boolean;
  /** The permissions that the rule concerns; a request may need only some of them. */
  readonly permissions: readonly string[];
  /** When the rule applies; null for every request. */
  readonly condition: CaveatCondition | null;
  readonly cases: readonly CaveatCase[];
  /** Whether a token that holds all of `permissions` is certain to satisfy the rule. */
  readonly isClearedByPermissions: boolean;
  /** The 403 codes that the API returns to enforce the rule. */
  readonly codes: readonly string[];
  /** The effect of a POST that changes no data; null for every other kind of caveat. */
  readonly readingClass: "read" | "read-job" | "evaluate" | "export-job" | null;
  readonly provenance: Provenance;
}
