import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import type { Confidence, FindingKind, ScanFinding } from "../../../catalogue/scan/judge/finding.ts";

/** One place in scanned source code. */
export interface ScannedFinding {
  readonly file: string;
  readonly line: number;
  /** `METHOD /path`; null when it can't be said, or when it calls nothing that exists. */
  readonly operation: string | null;
  /** What it may call, when that can't be told apart; never a guess. */
  readonly candidates: readonly string[] | null;
  readonly path: string | null;
  readonly kind: FindingKind;
  readonly confidence: Confidence;
  readonly message: string;
  /** The code is mistaken, whatever the token holds. */
  readonly isMistake: boolean;
  /** It calls one of the candidates, and which one was not checked. */
  readonly isOpen: boolean;
}

/** Kinds that say: this code is mistaken about the platform, whatever the token holds. */
const MISTAKES: ReadonlySet<FindingKind> = new Set([
  "wrong-path",
  "wrong-method",
  "removed",
  "wrong-host",
  "scope",
  "token-request",
]);

/** Whether a finding is a mistake in the code, and certain enough to fail a check. */
export function isMistake({ kind, confidence }: Pick<ScanFinding, "kind" | "confidence">): boolean {
  return MISTAKES.has(kind) && confidence !== "low";
}

/** Whether a finding calls something, and what can't be said. */
export function isOpen({ kind, confidence, operation, candidates }: ScanFinding): boolean {
  return (
    !MISTAKES.has(kind) &&
    kind !== "comment" &&
    confidence !== "low" &&
    operation === null &&
    candidates.length > 0
  );
}

/** A finding as the JSON contract has it. */
export function describeFinding(finding: ScanFinding): ScannedFinding {
  const { file, line, operation, candidates, path, kind, confidence, message } = finding;
  return {
    file,
    line,
    operation: operation === null ? null : nameOf(operation),
    candidates: candidates.length === 0 ? null : candidates.map(nameOf),
    path,
    kind,
    confidence,
    message,
    isMistake: isMistake(finding),
    isOpen: isOpen(finding),
  };
}
