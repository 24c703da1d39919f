import { judgement, type ScanFinding } from "../../catalogue/scan/judge/finding.ts";
import { findApiAddress, findMention, findSdk } from "../../catalogue/scan/read/platform-context.ts";
import { kindOfFile } from "../../catalogue/scan/text/language.ts";
import type { SourceText } from "../../catalogue/scan/text/source-text.ts";
import { isTestPath } from "../../catalogue/scan/text/test-file.ts";

/** How a file refers to the platform, strongest first. */
const REFERENCES = [
  "this file contains the API's address",
  "this file uses the platform's SDK",
  "this file mentions the platform",
] as const;

/** A finding for a file that is about the platform, with its rank; a lower rank is stronger evidence. */
export interface UnreadUse {
  readonly finding: ScanFinding;
  readonly rank: number;
}

/**
 * Returns a finding for the address of the API, the SDK, or a mention of the platform in a file; null for a file
 * without any. It is shown only when the scan found no call in the whole tree. Such a tree calls the API in a way that
 * the scan does not recognize, and would otherwise look as if it called nothing.
 */
export function unreadUse(source: SourceText): UnreadUse | null {
  if (source.language.mode === "prose" || isTestPath(source.file)) return null;
  // A list of dependencies may name the SDK too, but only code calls it.
  const isCode = kindOfFile(source.file) === "code";
  const found = [
    findApiAddress(source),
    isCode ? findSdk(source) : null,
    isCode ? findMention(source) : null,
  ];
  const rank = found.findIndex((offset) => offset !== null);
  const offset = found[rank] ?? null;
  if (offset === null) return null;
  const finding = {
    file: source.file,
    ...source.placeOf(offset),
    ...judgement({
      kind: "path",
      confidence: "medium",
      message: `${REFERENCES[rank]}, but the scan recognized no call in any file`,
    }),
  };
  return { finding, rank };
}

/** Returns the stronger of two findings, the first one when they are equal. */
export function strongerUse(left: UnreadUse | null, right: UnreadUse | null): UnreadUse | null {
  if (left === null || right === null) return left ?? right;
  return right.rank < left.rank ? right : left;
}

/**
 * Returns whether a finding shows which call the code makes. A comment makes no call, and the operation of a path that
 * other code completes is unknown.
 */
export function showsCall({ kind, operation, candidates, confidence }: ScanFinding): boolean {
  return kind !== "comment" && (operation !== null || candidates.length > 0 || confidence !== "low");
}
