import type { Catalogue } from "../../../../catalogue/facts/catalogue.ts";
import type { ScanFinding } from "../../../../catalogue/scan/judge/finding.ts";
import { plural } from "../../../../core/text.ts";
import { type Progress, withProgress } from "../../../../output/progress/progress.ts";
import { scanPaths } from "../../../scan/scan-paths.ts";
import { isTestFile } from "../../../scan/test-file.ts";
import { describeFinding } from "../finding.ts";
import type { CheckDependencies, CheckRequest, Chosen } from "../request.ts";
import { writePolicyFile } from "./policy-file.ts";
import { scannedSubjects } from "./scan.ts";

/** Name of the service in a policy that is written from source code. */
const SERVICE = "scanned";

type SourceRequest = Pick<
  CheckRequest,
  "scan" | "writePolicy" | "emit" | "division" | "isForced" | "withTests"
>;

/**
 * Scans the source code below some paths for calls, and writes a policy file for them when requested. The
 * policy omits the calls of test files unless they are requested.
 * @throws UsageError for a path that does not exist or a policy file that can't be merged, OutputError when the
 * policy can't be written
 */
export async function scanSources(
  dependencies: CheckDependencies,
  catalogue: Catalogue,
  request: SourceRequest,
): Promise<Pick<Chosen, "subjects" | "findings" | "omissions">> {
  return await withProgress(
    dependencies,
    dependencies,
    "reading source code",
    async ({ say }) => await scan({ ...dependencies, say }, catalogue, request),
  );
}

async function scan(
  { random, userId, signal, interruptibly, writeNote, say }: CheckDependencies & Progress,
  catalogue: Catalogue,
  request: SourceRequest,
): Promise<Pick<Chosen, "subjects" | "findings" | "omissions">> {
  const { scan: paths, writePolicy: file, division, isForced } = request;
  const findings: ScanFinding[] = [];
  const skipped: string[] = [];
  const onSkipped = (name: string, reason: string) => skipped.push(`not scanned: ${name}: ${reason}`);
  for await (const finding of scanPaths(paths, {
    catalogue,
    signal,
    interruptibly,
    onSkipped,
    onFile: describeScan(say),
  })) {
    findings.push(finding);
  }
  for (const note of skipped) await writeNote(note);
  const isWritten = file !== null || request.emit !== null;
  const used =
    isWritten && !request.withTests
      ? findings.filter((finding) => !isTestFile(finding.file, paths))
      : findings;
  const subjects = scannedSubjects(used);
  const omissions = isWritten ? [...noteTests(findings, used), ...noteOpen(used)] : [];
  if (file !== null) {
    const service = {
      name: SERVICE,
      division,
      operations: subjects.flatMap((subject) => (subject.kind === "operation" ? [subject] : [])),
    };
    await writeNote(await writePolicyFile(file, service, { catalogue, random, userId, isForced }));
    for (const note of omissions) await writeNote(note);
  }
  return { subjects, findings, omissions };
}

/** Returns a listener for the files of a scan, which counts them in the progress line. */
function describeScan(say: Progress["say"]): (pass: "read" | "scanned") => void {
  const counts = { read: 0, scanned: 0 };
  say(() =>
    counts.scanned === 0
      ? `reading source code: ${plural(counts.read, "file")}`
      : `scanning source code: ${plural(counts.scanned, "file")}`,
  );
  return (pass) => {
    counts[pass] += 1;
  };
}

function noteTests(all: readonly ScanFinding[], used: readonly ScanFinding[]): readonly string[] {
  const kept = new Set(scannedSubjects(used).map(({ name }) => name));
  const lost = scannedSubjects(all).filter(({ name }) => !kept.has(name));
  return lost.length === 0
    ? []
    : [`left out: ${plural(lost.length, "operation")} that only test files call; --include-tests adds them`];
}

/** Lists the calls whose operation is unclear, and those that are wrong or that the catalog does not contain. */
function noteOpen(findings: readonly ScanFinding[]): readonly string[] {
  return findings
    .map(describeFinding)
    .filter(({ isOpen, isMistake, operation }) => isOpen || (isMistake && operation === null))
    .map(({ file, line, message }) => `left out: ${file}:${line}: ${message}`);
}
