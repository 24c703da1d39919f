import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import type { ScanFinding } from "../../../catalogue/scan/judge/finding.ts";
import type { SingleSubject } from "./subject.ts";

/**
 * The operations that scanned code calls, each once, at the first place that calls it. Comments call nothing,
 * and what a place may call is not guessed: both are told as findings only.
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
