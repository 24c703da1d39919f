import type { Catalogue } from "../../catalogue/facts/catalogue.ts";
import type { ScanFinding } from "../../catalogue/scan/judge/finding.ts";
import { mentionsPlatform } from "../../catalogue/scan/read/platform-context.ts";
import { createScanIndex, type ScanIndex } from "../../catalogue/scan/read/scan-index.ts";
import { holdsNames, scanText } from "../../catalogue/scan/scan-text.ts";
import { InterruptedError } from "../../core/errors.ts";
import { readSource, type SourceRead } from "./read-source.ts";
import { findSourceFiles, type SourceFile } from "./source-files.ts";

export interface ScanPathsOptions {
  readonly catalogue: Catalogue;
  readonly signal?: AbortSignal | undefined;
  /** Breaks off the scan of a long text at a signal. */
  readonly interruptibly?: <Result>(work: () => Result) => Promise<Result>;
  /** Files read ahead of the one that is scanned. */
  readonly concurrency?: number;
  /** A file that was not scanned although it is text, and why. */
  readonly onSkipped?: (file: string, reason: string) => void;
}

const DEFAULT_CONCURRENCY = 16;
/** A file that names more operations than this describes the API: an SDK, a definition, a catalogue. */
const MOST_OPERATIONS = 400;

/** A shorter text is scanned before a person notices; between two files, signals are heard. */
const LONG_TEXT = 65_536;

type Scan = (file: SourceFile, text: string, isPlatformProject: boolean) => Promise<readonly ScanFinding[]>;

interface Read {
  readonly file: SourceFile;
  readonly read: SourceRead;
}

/**
 * What the source code under `paths` needs from the platform API, file by file. Files that say nothing of the
 * platform themselves come last: what they mean depends on whether any other file speaks of it.
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
  const scan: Scan = async ({ name }, text, isProject) =>
    text.length < LONG_TEXT
      ? scanFile(name, text, index, isProject, onSkipped)
      : await interruptibly(() => scanFile(name, text, index, isProject, onSkipped));
  let isPlatformProject = false;
  for await (const { file, read } of readAhead(findSourceFiles(paths), concurrency)) {
    if (signal?.aborted === true) throw interrupted();
    if (read.kind === "skipped") onSkipped?.(file.name, read.reason);
    if (read.kind !== "text") continue;
    const isMentioned = mentionsPlatform(read.text);
    isPlatformProject ||= isMentioned;
    if (isMentioned) yield* await scan(file, read.text, true);
    else if (holdsNames(read.text, index)) silent.push(file);
  }
  // Read once more rather than kept: of a large tree they may be most.
  for await (const { file, read } of readAhead(silent, concurrency)) {
    if (signal?.aborted === true) throw interrupted();
    if (read.kind === "text") yield* await scan(file, read.text, isPlatformProject);
  }
}

function scanFile(
  name: string,
  text: string,
  index: ScanIndex,
  isPlatformProject: boolean,
  onSkipped: ScanPathsOptions["onSkipped"],
): readonly ScanFinding[] {
  const findings = scanText(text, { file: name, index, isPlatformProject });
  const operations = new Set(
    findings.map(({ operation }) => operation).filter((operation) => operation !== null),
  );
  if (operations.size <= MOST_OPERATIONS) return findings;
  onSkipped?.(name, `it names ${operations.size} operations: a description of the API rather than calls`);
  return [];
}

function interrupted(): InterruptedError {
  return new InterruptedError("scan.interrupted", "The scan was interrupted");
}

/** Reads files while others are scanned, a bounded number at a time, in their order. */
async function* readAhead(
  files: AsyncIterable<SourceFile> | Iterable<SourceFile>,
  concurrency: number,
): AsyncGenerator<Read> {
  const pending: Promise<Read>[] = [];
  for await (const file of files) {
    pending.push(readSource(file.path).then((read) => ({ file, read })));
    const first = pending.length >= concurrency ? pending.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const read of pending) yield await read;
}
