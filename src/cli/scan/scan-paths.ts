import { dirname, join } from "node:path";
import type { Catalogue } from "../../catalogue/facts/catalogue.ts";
import type { ScanFinding } from "../../catalogue/scan/judge/finding.ts";
import { indexOperations } from "../../catalogue/scan/read/operation-index.ts";
import { mentionsPlatform } from "../../catalogue/scan/read/platform-context.ts";
import { createScanIndex, type ScanIndex } from "../../catalogue/scan/read/scan-index.ts";
import { scanSource, sourcesOf } from "../../catalogue/scan/scan-source.ts";
import { holdsNames, holdsRelativePaths, maySend } from "../../catalogue/scan/scan-text.ts";
import { kindOfFile } from "../../catalogue/scan/text/language.ts";
import { SourceText } from "../../catalogue/scan/text/source-text.ts";
import { createTreeReader, type TreeFacts, usesNames } from "../../catalogue/scan/tree/tree-facts.ts";
import { InterruptedError } from "../../core/errors.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import { type Coverage, createCoverage } from "./coverage.ts";
import { readSource, type SourceRead } from "./read-source.ts";
import { findSourceFiles, isWithin, type SourceFile } from "./source-files.ts";
import { showsCall, strongerUse, type UnreadUse, unreadUse } from "./unread-use.ts";

export interface ScanPathsOptions {
  readonly catalogue: Catalogue;
  readonly signal?: AbortSignal | undefined;
  /** Runs the scan of a long file so that a signal can stop it. */
  readonly interruptibly?: <Result>(work: () => Result) => Promise<Result>;
  /** Number of files to read ahead of the scan. */
  readonly concurrency?: number;
  /** Called for each text file that was not scanned, with the reason. */
  readonly onSkipped?: (file: string, reason: string) => void;
  /** Called for each file in the first pass, and again for each file that the second pass reads. */
  readonly onFile?: (pass: "read" | "scanned") => void;
}

const DEFAULT_CONCURRENCY = 16;
/**
 * Maximum number of operations in a file of calls. A file that names more is a description of the API, such as an SDK,
 * a definition or a catalog.
 */
const MOST_OPERATIONS = 400;

/**
 * Minimum length of a file whose scan can be interrupted. Scanning a shorter file takes no noticeable time, and signals
 * are handled between two files.
 */
const LONG_TEXT = 65_536;

/** Maximum number of files to read that do not mention the platform but may define helpers. */
const MOST_LATER = 10_000;

interface ScannedFile {
  readonly file: SourceFile;
  readonly read: SourceRead;
}

/**
 * Scans the source code under `paths` for calls to the platform API, file by file. A first pass collects facts
 * from all files: whether they mention the platform, and which functions send requests to it.
 * @throws UsageError `usage.scan_path` or `usage.scan_empty`; InterruptedError when `signal` is aborted
 */
export async function* scanPaths(
  paths: readonly string[],
  {
    catalogue,
    signal,
    interruptibly = async (work) => work(),
    concurrency = DEFAULT_CONCURRENCY,
    onSkipped,
    onFile,
  }: ScanPathsOptions,
): AsyncGenerator<ScanFinding> {
  const index = createScanIndex(indexOperations(catalogue));
  const reachesFrom = (file: SourceFile) => (directory: string) =>
    isWithin(paths, join(dirname(file.path), directory));
  const perform = async <Result>(text: string, work: () => Result): Promise<Result> =>
    text.length < LONG_TEXT ? work() : await interruptibly(work);
  const { files, silent, tree, coverage, unread } = await survey(paths, {
    index,
    signal,
    perform,
    concurrency,
    onSkipped,
    onFile,
  });
  const found = new Set<string>();
  const all: ScanFinding[] = [];
  let isCalled = false;
  // Reads the files again instead of keeping them, because a tree may not fit into memory.
  for await (const { file, read } of readAhead(files, concurrency)) {
    if (signal?.aborted === true) throw interrupted();
    onFile?.("scanned");
    if (read.kind !== "text") continue;
    const { text } = read;
    if (silent.has(file) && !usesNames(text, tree)) continue;
    const findings = await perform(text, () =>
      scanSource(text, { file: file.name, index, tree, reaches: reachesFrom(file) }),
    );
    if (findings.some(({ kind }) => kind !== "comment")) found.add(file.given);
    isCalled ||= findings.some(showsCall);
    appendAll(all, withoutDescription(findings, file.name, onSkipped));
  }
  // A path constant is not reported if a call uses it, and that call may be in a later file.
  yield* all.filter(({ definition }) => definition === undefined || !isCalledByName(tree.values, definition));
  if (!isCalled && unread !== null) yield unread;
  else coverage.assertUnderstood(paths.filter((path) => !found.has(path)));
}

/**
 * Reads every file once, and returns those that may call the platform, with the combined facts of all files.
 * @throws InterruptedError when `signal` is aborted
 */
async function survey(
  paths: readonly string[],
  {
    index,
    signal,
    perform,
    concurrency,
    onSkipped,
    onFile,
  }: {
    readonly signal: AbortSignal | undefined;
    readonly onSkipped: ScanPathsOptions["onSkipped"];
    readonly onFile: ScanPathsOptions["onFile"];
    readonly index: ScanIndex;
    readonly concurrency: number;
    perform<Result>(text: string, work: () => Result): Promise<Result>;
  },
): Promise<{
  readonly files: readonly SourceFile[];
  /** The files that do not mention the platform, but may use names of helpers or path constants in other files. */
  readonly silent: ReadonlySet<SourceFile>;
  readonly tree: TreeFacts;
  readonly coverage: Coverage;
  readonly unread: ScanFinding | null;
}> {
  const files: SourceFile[] = [];
  const relative = new Set<SourceFile>();
  const silent = new Set<SourceFile>();
  const later: SourceFile[] = [];
  const reader = createTreeReader(index.isRootWord);
  const coverage = createCoverage();
  let isPlatform = false;
  let unread = null as UnreadUse | null;
  for await (const { file, read } of readAhead(findSourceFiles(paths), concurrency)) {
    if (signal?.aborted === true) throw interrupted();
    onFile?.("read");
    if (read.kind === "skipped") onSkipped?.(file.name, read.reason);
    if (read.kind !== "text") continue;
    const { text } = read;
    const isMentioned = mentionsPlatform(text);
    isPlatform ||= isMentioned;
    const isNamed = isMentioned || holdsNames(file.name, text, index);
    coverage.add(file, isNamed);
    const isRelative = !isNamed && holdsRelativePaths(text, index);
    if (isNamed) {
      await perform(text, () => {
        for (const source of sourcesOf(file.name, text)) reader.add(source);
        // A later file may contain stronger evidence that the code uses the platform.
        if (unread?.rank === 0) return;
        unread = strongerUse(unread, unreadUse(new SourceText(file.name, text)));
      });
    } else if ((isRelative || maySend(text)) && later.length < MOST_LATER) {
      later.push(file);
    }
    if (isRelative) relative.add(file);
    else if (!isNamed && kindOfFile(file.name) === "code" && silent.size < MOST_LATER) silent.add(file);
    if (isNamed || relative.has(file) || silent.has(file)) files.push(file);
  }
  // A file that does not mention the platform may define helpers and constants for files that do.
  for await (const { file, read } of readAhead(isPlatform ? later : [], concurrency)) {
    if (signal?.aborted === true) throw interrupted();
    if (read.kind !== "text") continue;
    const { text } = read;
    await perform(text, () => {
      for (const source of sourcesOf(file.name, text)) reader.add(source);
    });
  }
  coverage.assertRead(paths);
  const tree = reader.facts(isPlatform);
  const callsHelpers = isPlatform && tree.helpers.size + tree.values.size + tree.clients.length > 0;
  return {
    files: files.filter((file) => callsHelpers || !(relative.has(file) || silent.has(file))),
    silent,
    tree,
    coverage,
    unread: unread?.finding ?? null,
  };
}

/** Returns whether a recognized call uses a path constant, and no other code passes it to an unknown function. */
function isCalledByName({ called, unclear }: TreeFacts["values"], definition: string): boolean {
  return called.has(definition) && !unclear.has(definition);
}

/**
 * Returns the findings in a file; empty if the file is a description of the API. Terraform blocks do not count as one.
 */
function withoutDescription(
  findings: readonly ScanFinding[],
  name: string,
  onSkipped: ScanPathsOptions["onSkipped"],
): readonly ScanFinding[] {
  const operations = new Set(
    findings.flatMap(({ kind, operation }) => (kind === "terraform" ? [] : (operation ?? []))),
  );
  if (operations.size <= MOST_OPERATIONS) return findings;
  onSkipped?.(name, `contains ${operations.size} operations, so it describes the API instead of calling it`);
  return [];
}

function interrupted(): InterruptedError {
  return new InterruptedError("scan.interrupted", "the scan was interrupted");
}

/** Reads files while others are scanned: a limited number in parallel, in order. */
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
