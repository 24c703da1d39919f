import { judgement, type ScanFinding } from "../../catalogue/scan/judge/finding.ts";
import { findApiAddress } from "../../catalogue/scan/read/platform-context.ts";
import type { SourceText } from "../../catalogue/scan/text/source-text.ts";
import { isTestPath } from "../../catalogue/scan/text/test-file.ts";

/**
 * Returns a finding for the address of the API in a source file. It is shown only when no call was found in the
 * whole tree: such a tree calls the API in a way that the scan does not read, and would look as if it called
 * nothing.
 */
export function unreadAddress(source: SourceText): ScanFinding | null {
  if (source.language.mode !== "code" || isTestPath(source.file)) return null;
  const offset = findApiAddress(source);
  if (offset === null) return null;
  return {
    file: source.file,
    ...source.placeOf(offset),
    ...judgement({
      kind: "path",
      confidence: "medium",
      message: "the address of the API, but no call was recognized in the source code",
    }),
  };
}
