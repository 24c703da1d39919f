import { dirname, join } from "node:path";
import type { Catalogue } from "../../catalogue/facts/catalogue.ts";
import type { ScanFinding } from "../../catalogue/scan/judge/finding.ts";
import { mentionsPlatform } from "../../catalogue/scan/read/platform-context.ts";
import { createScanIndex } from "../../catalogue/scan/read/scan-index.ts";
import { holdsNames, scanText } from "../../catalogue/scan/scan-text.ts";
import { InterruptedError } from "../../core/errors.ts";
import { readSource, type SourceRead } from "./read-source.ts";
import { findSourceFiles, isWithin, type SourceFile } from "./source-files.ts";

export interface ScanPathsOptions {
  readonly catalogue: Catalogue;
  readonly signal?: AbortSignal | undefined;
  /** Stops the scan of a long text at a signal. */
  readonly interruptibly?: <Result>(work: () => Result) => Promise<Result>;
  /** The number of files that are read ahead of the scan. */
  readonly concurrency?: number;
  /** A text file that was not scanned, with the reason. */
  readonly onSkipped?: (file: string, reason: string) => void;
}

const DEFAULT_CONCURRENCY = 16;
/**
 * A file that names more operations than this is a description of the API: an SDK, a definition, a catalogue.
 */
const MOST_OPERATIONS = 400;

/** The size below which a scan ends before a person notices; signals are handled between two files. */
const LONG_TEXT = 65_536;

type Scan = (file: SourceFile, text: string, isPlatformProject: boolean) => Promise<readonly ScanFinding[]>;

interface ScannedFile {
  readonly file: SourceFile;
  readonly read: SourceRead;
}

/**
 * Scans the source code under `paths` for its needs of the platform API, file by file. Files that do not
 * mention the platform come last, because their meaning depends on whether any other file does.
 * @throws UsageError `usage.scan_path`; InterruptedError when `signal` is aborted
 */
export async function* scanPaths(
  paths: readonly string[],
  {
    catalogue,
    signal,
    interruptibly = async (work) => work(),
    concurrency = DEFAULT_CONCURRENCY,
    onSkipped,
  }: ScanPathsOptions,
): AsyncGenerator<ScanFinding> {
  const index = createScanIndex(catalogue);
  const silent: SourceFile[] = [];
  const scan: Scan = async (file, text, isPlatformProject) => {
    const reaches = (directory: string) => isWithin(paths, join(dirname(file.path), directory));
    const work = () =>
      withoutDescription(
        scanText(text, { file: file.name, index, isPlatformProject, reaches }),
        file.name,
        onSkipped,
      );
    return text.length < LONG_TEXT ? work() : await interruptibly(work);
  };
  let isPlatformProject = false;
  for await (const { file, read } of readAhead(findSourceFiles(paths), concurrency)) {
    if (signal?.aborted === true) throw interrupted();
    if (read.kind === "skipped") onSkipped?.(file.name, read.reason);
    if (read.kind !== "text") continue;
    const isMentioned = mentionsPlatform(read.text);
    isPlatformProject ||= isMentioned;
    if (isMentioned) yield* await scan(file, read.text, true);
    else if (holdsNames(file.name, read.text, index)) silent.push(file);
  }
  // Reads them again instead of keeping them: in a large tree they may be the majority.
  for await (const { file, read } of readAhead(silent, concurrency)) {
    if (signal?.aborted === true) throw interrupted();
    if (read.kind === "text") yield* await scan(file, read.text, isPlatformProject);
  }
}

/** Returns the findings of a file; none for a description of the API. A block of Terraform describes nothing. */
function withoutDescription(
  findings: readonly ScanFinding[],
  name: string,
  onSkipped: ScanPathsOptions["onSkipped"],
): readonly ScanFinding[] {
  const operations = new Set(
    findings.flatMap(({ kind, operation }) => (kind === "terraform" ? [] : (operation ?? []))),
  );
  if (operations.size <= MOST_OPERATIONS) return findings;
  onSkipped?.(name, `names ${operations.size} operations: a description of the API, not calls`);
  return [];
}

function interrupted(): InterruptedError {
  return new InterruptedError("scan.interrupted", "the scan was interrupted");
}

/** Reads files while others are scanned: a bounded number in parallel, in order. */
async function* readAhead(
  files: AsyncIterable<SourceFile> | Iterable<SourceFile>,
  concurrency: number,
): AsyncGenerator<ScannedFile> {
  const pending: Promise<ScannedFile>[] = [];
  for await (const file of files) {
    pending.push(readSource(file.path).then((read) => ({ file, read })));
    const first = pending.length >= concurrency ? pending.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const read of pending) yield await read;
}
