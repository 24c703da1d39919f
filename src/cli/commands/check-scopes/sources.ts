import { writePolicy } from "../../../access/policy/write-policy.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { ScanFinding } from "../../../catalogue/scan/judge/finding.ts";
import { outputFailure } from "../../../core/files/file-failure.ts";
import { replaceFile } from "../../../core/files/replace-file.ts";
import { plural } from "../../../core/text.ts";
import { scanPaths } from "../../scan/scan-paths.ts";
import type { CheckDependencies, CheckRequest, Chosen } from "./request.ts";
import { scannedSubjects } from "./scan.ts";

/**
 * Scans the source code below some paths for calls, and writes a policy file for them when requested.
 * @throws UsageError for a path that does not exist, OutputError when the policy can't be written
 */
export async function scanSources(
  { random, signal, interruptibly, writeNote }: CheckDependencies,
  catalogue: Catalogue,
  { scan, writePolicy: file }: Pick<CheckRequest, "scan" | "writePolicy">,
): Promise<Pick<Chosen, "subjects" | "findings">> {
  const findings: ScanFinding[] = [];
  const skipped: string[] = [];
  const onSkipped = (name: string, reason: string) => skipped.push(`not scanned: ${name}: ${reason}`);
  for await (const finding of scanPaths(scan, { catalogue, signal, interruptibly, onSkipped })) {
    findings.push(finding);
  }
  for (const note of skipped) await writeNote(note);
  const subjects = scannedSubjects(findings);
  if (file !== null) {
    const operations = subjects.flatMap((subject) =>
      subject.kind === "operation" ? [subject.operation] : [],
    );
    try {
      await replaceFile(file, writePolicy("scanned", operations), { random });
    } catch (cause) {
      throw outputFailure(file, cause, { what: "the policy" });
    }
    await writeNote(`${plural(operations.length, "operation")} written to ${file}`);
  }
  return { subjects, findings };
}
