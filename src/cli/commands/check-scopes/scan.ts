import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import type { ScanFinding } from "../../../catalogue/scan/judge/finding.ts";
import type { SingleSubject } from "./subject.ts";

/**
 * Returns the operations that scanned code calls, each once, at its first call. Comments call nothing, and an
 * unclear call is not guessed: both appear only as findings.
 */
export function scannedSubjects(findings: readonly ScanFinding[]): readonly SingleSubject[] {
  const subjects = new Map<string, SingleSubject>();
  for (const { operation, kind, file, line } of findings) {
    if (operation === null || kind === "comment") continue;
    const name = nameOf(operation);
    if (subjects.has(name)) continue;
    subjects.set(name, {
      kind: "operation",
      operation,
      name,
      caution: null,
      division: null,
      location: { file, line },
      service: null,
    });
  }
  return [...subjects.values()];
}
