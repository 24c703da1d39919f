import type { Operation } from "../../facts/operation.ts";

/**
 * What was found. `path`: an API path in code. `sdk-call`: a method of an official SDK. `cli`: a command of the
 * official CLI. `comment`: either, but only spoken of. The others are mistakes: `wrong-path` and `wrong-method`
 * never were operations, `removed` were, `wrong-host` asks the wrong host, `scope` names a scope that is none,
 * `token-request` asks for a token in a way that official clients do not.
 */
export type FindingKind =
  | "path"
  | "sdk-call"
  | "cli"
  | "comment"
  | "wrong-path"
  | "wrong-method"
  | "removed"
  | "wrong-host"
  | "scope"
  | "token-request";

export type Confidence = "high" | "medium" | "low";

/** One place in source code that needs the platform API, or that is mistaken about it. */
export interface ScanFinding {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** What the place calls; null when that can't be said, or when it calls nothing that exists. */
  readonly operation: Operation | null;
  /** What the place may call when its method or a part of its path can't be seen; never a guess. */
  readonly candidates: readonly Operation[];
  /** The operations nearest to a mistaken name, best first. */
  readonly closest: readonly Operation[];
  /** The path as written, with every placeholder as `{name}`; null for scopes and token requests. */
  readonly path: string | null;
  readonly kind: FindingKind;
  readonly confidence: Confidence;
  readonly message: string;
}

/** A finding before it has a place. */
export type Judgement = Omit<ScanFinding, "file" | "line" | "column">;

/** The weaker of two. */
export function weaker(left: Confidence, right: Confidence): Confidence {
  return RANK[left] < RANK[right] ? left : right;
}

const RANK: Readonly<Record<Confidence, number>> = { low: 0, medium: 1, high: 2 };

/** A judgement with everything empty that is not given. */
export function judgement(
  given: Pick<Judgement, "kind" | "confidence" | "message"> & Partial<Judgement>,
): Judgement {
  return { operation: null, candidates: [], closest: [], path: null, ...given };
}
