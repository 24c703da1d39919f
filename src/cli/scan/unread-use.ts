import { judgement, type ScanFinding } from "../../catalogue/scan/judge/finding.ts";
import { findApiAddress, findSdk } from "../../catalogue/scan/read/platform-context.ts";
import { kindOfFile } from "../../catalogue/scan/text/language.ts";
import type { SourceText } from "../../catalogue/scan/text/source-text.ts";
import { isTestPath } from "../../catalogue/scan/text/test-file.ts";

/**
 * Returns a finding for a mention of the API's address or of the SDK in a file. It is shown only when the scan found no
 * call in the whole tree. Such a tree calls the API in a way that the scan does not recognize, and would otherwise look
 * as if it called nothing.
 */
export function unreadUse(source: SourceText): ScanFinding | null {
  if (source.language.mode === "prose" || isTestPath(source.file)) return null;
  const address = findApiAddress(source);
  // A list of dependencies may name the SDK too, but only code calls it.
  const sdk = address === null && kindOfFile(source.file) === "code" ? findSdk(source) : null;
  const offset = address ?? sdk;
  if (offset === null) return null;
  const subject = address === null ? "the platform's SDK" : "the address of the API";
  return {
    file: source.file,
    ...source.placeOf(offset),
    ...judgement({
      kind: "path",
      confidence: "medium",
      message: `${subject}, but no call was recognized in the source code`,
    }),
  };
}

/**
 * Returns whether a finding shows which call the code makes. A comment makes none, and a path that other code completes
 * leaves the operation open.
 */
export function showsCall({ kind, operation, candidates, confidence }: ScanFinding): boolean {
  return kind !== "comment" && (operation !== null || candidates.length > 0 || confidence !== "low");
}
