import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import type { Confidence, FindingKind, ScanFinding } from "../../../catalogue/scan/judge/finding.ts";

/** One location in scanned source code. */
export interface ScannedFinding {
  readonly file: string;
  readonly line: number;
  /** The operation as `METHOD /path`; null when it is unclear, or when the call does not exist. */
  readonly operation: string | null;
  /** The operations that the code there may call, when it is unclear which one; null otherwise. */
  readonly candidates: readonly string[] | null;
  readonly path: string | null;
  readonly kind: FindingKind;
  readonly confidence: Confidence;
  readonly message: string;
  /** Whether the code is wrong, whatever the token holds. */
  readonly isMistake: boolean;
  /** Whether the location calls one of the candidates, so that no verdict covers it. */
  readonly isOpen: boolean;
}

/** Kinds of findings in code that is wrong about the platform, whatever the token holds. */
const MISTAKES: ReadonlySet<FindingKind> = new Set([
  "wrong-path",
  "wrong-method",
  "removed",
  "wrong-host",
  "scope",
  "token-request",
]);

/** Returns whether a finding is definitely an error in the code, so that it fails a check. */
export function isMistake({ kind, confidence }: Pick<ScanFinding, "kind" | "confidence">): boolean {
  return MISTAKES.has(kind) && confidence !== "low";
}

/**
 * Returns whether a finding is a call whose operation is unclear. Every Terraform block and every URL counts as a call.
 */
export function isOpen({ kind, confidence, operation, candidates, path }: ScanFinding): boolean {
  return (
    !MISTAKES.has(kind) &&
    kind !== "comment" &&
    confidence !== "low" &&
    operation === null &&
    (candidates.length > 0 || kind === "terraform" || (kind === "path" && path === null))
  );
}

/** Returns a finding in the form of the JSON contract. */
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
