import type { Operation } from "../../facts/operation.ts";

/**
 * Kind of finding. `path`: an API path in code. `sdk-call`: a method of an official SDK. `cli`: a command of the
 * official CLI. `topic`: a notification topic. `terraform`: a block that makes the Terraform provider call the API.
 * `comment`: any of these, only mentioned. The others are mistakes: `wrong-path` and `wrong-method` never were
 * operations, `removed` was one, `wrong-host` calls the wrong host, `scope` names a scope that does not exist, and
 * `token-request` requests a token in a way that no official client uses.
 */
export type FindingKind =
  | "path"
  | "sdk-call"
  | "cli"
  | "topic"
  | "terraform"
  | "comment"
  | "wrong-path"
  | "wrong-method"
  | "removed"
  | "wrong-host"
  | "scope"
  | "token-request";

export type Confidence = "high" | "medium" | "low";

/** A location in source code that uses the platform API correctly or incorrectly. */
export interface ScanFinding {
  readonly file: string;
  /** Line number, counted from 1. */
  readonly line: number;
  /** Column, from 1, in UTF-16 code units. */
  readonly column: number;
  /** Operations that this location calls; null when unknown, or when the call does not exist. */
  readonly operation: Operation | null;
  /**
   * Operations that this location may call when the HTTP method or a part of the path is not visible; never a guess.
   */
  readonly candidates: readonly Operation[];
  /** Operations closest to a mistaken name, best first. */
  readonly closest: readonly Operation[];
  /**
   * Path as written, with every placeholder as `{name}`; null for scopes, token requests and addresses without a path.
   */
  readonly path: string | null;
  readonly kind: FindingKind;
  readonly confidence: Confidence;
  readonly message: string;
  /**
   * Key of the named path that this location defines, when the HTTP method of its call is not visible there. The
   * finding counts only if no other code calls the path by its name.
   */
  readonly definition?: string;
}

/** A finding without its location. */
export type Judgement = Omit<ScanFinding, "file" | "line" | "column">;

/** A finding with its offset in the text. */
export interface PlacedJudgement {
  readonly offset: number;
  readonly judgement: Judgement;
}

/** Returns the weaker of two confidences. */
export function weaker(left: Confidence, right: Confidence): Confidence {
  return RANK[left] < RANK[right] ? left : right;
}

const RANK: Readonly<Record<Confidence, number>> = { low: 0, medium: 1, high: 2 };

/** Returns a finding with default values for all fields that are not given. */
export function judgement(
  given: Pick<Judgement, "kind" | "confidence" | "message"> & Partial<Judgement>,
): Judgement {
  return { operation: null, candidates: [], closest: [], path: null, ...given };
}
