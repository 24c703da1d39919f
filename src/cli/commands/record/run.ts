import { type CallCounter, type CallCounts, createCallCounter } from "../../../access/record/count-calls.ts";
import { excessOf, readRecording } from "../../../access/record/read-recording.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import type { Clock } from "../../../core/clock.ts";
import { AuthError, UsageError } from "../../../core/errors.ts";
import type { Random } from "../../../core/random.ts";
import { grouped, oneLine, plural } from "../../../core/text.ts";
import { REGIONS } from "../../../platform/region/region-list.ts";
import type { Connection } from "../../context.ts";
import { checkOperations } from "../check-scopes/check-operations.ts";
import { type CheckScopesResult, documentOf } from "../check-scopes/result.ts";
import { type CheckSubject, describeUnjudged, namedSubjects } from "../check-scopes/subject.ts";
import { noteContradictions } from "./contradictions.ts";
import { emitRecorded, writeRecordedPolicy } from "./emit.ts";
import type { ProgramRun } from "./program/record-program.ts";
import type { RecordRequest } from "./request.ts";
import type { RecordResult } from "./result.ts";

/** The size limit of a recording. */
const LARGEST_RECORDING_BYTES = 256 * 1024 * 1024;

/** The ports that `record` needs. */
export interface RecordDependencies {
  readonly clock: Clock;
  readonly random: Random;
  /** Numeric user id; null on systems without numeric file owners. */
  readonly userId: number | null;
  catalogue(): Promise<Catalogue>;
  /** Returns the base URL of the API in use; null without a region. */
  findApiUrl(): Promise<string | null>;
  connect(): Promise<Pick<Connection, "api" | "session">>;
  readTextFile(path: string, maxBytes: number): Promise<string>;
  interruptibly<Result>(work: () => Result): Promise<Result>;
  writeNote(text: string): Promise<void>;
  /** Runs a program behind a proxy that reads its calls to these hosts. */
  recordProgram(command: readonly string[], hosts: ReadonlySet<string>): Promise<ProgramRun>;
  /** Returns whether the run was interrupted, which is the usual way to end the recording of a service. */
  isInterrupted(): boolean;
}

/**
 * Reads recordings and returns the operations that they use, with verdicts if there is a token.
 * @throws UsageError `usage.file`, and `usage.nothing_recognised` for recordings without a call to the platform
 */
export async function recordFiles(
  dependencies: RecordDependencies,
  request: RecordRequest,
): Promise<RecordResult> {
  let counter: CallCounter | null = null;
  for (const file of request.files) {
    const text = await dependencies.readTextFile(file, LARGEST_RECORDING_BYTES);
    const excess = await dependencies.interruptibly(() => excessOf(text));
    if (excess !== null) {
      throw new UsageError("usage.file", `the recording \`${oneLine(file, 200)}\` has ${excess}`, {
        hint: "record for a shorter time, or split the file",
      });
    }
    const started: CallCounter = counter ?? (await startCounter(dependencies));
    await dependencies.interruptibly(() => started.add(readRecording(text)));
    counter = started;
  }
  const result = await judgeCalls(dependencies, counter ?? (await startCounter(dependencies)), request);
  if (result.calls > 0) return result;
  throw new UsageError(
    "usage.nothing_recognised",
    `no call to the platform API found among ${plural(result.ignored, "recorded call")}`,
    {
      hint: "record with `curl -v`, export a HAR, or use an access log in common or combined format; for calls through a gateway, add its URL with --region",
    },
  );
}

const NOTHING_RECORDED =
  "no call to the platform API was recorded: the program made none, or it does not use the proxy in `HTTPS_PROXY`; for calls through a gateway, add its URL with --region";

/**
 * Runs a program and returns the operations that it calls, with verdicts if there is a token. After an interruption
 * there are no verdicts, because genscope sends no more requests.
 */
export async function recordCommand(
  dependencies: RecordDependencies,
  request: RecordRequest,
): Promise<RecordResult> {
  const hosts = apiHosts(await dependencies.findApiUrl());
  const { calls, program } = await dependencies.recordProgram(request.command, hosts);
  const counter = await startCounter(dependencies);
  counter.add(calls);
  if (calls.length === 0) await dependencies.writeNote(NOTHING_RECORDED);
  if (!dependencies.isInterrupted()) {
    return { ...(await judgeCalls(dependencies, counter, request)), program };
  }
  const alone = { ...dependencies, interruptibly: async <Result>(work: () => Result) => work() };
  const result = await judgeCalls(alone, counter, { ...request, isOffline: true });
  if (!request.isOffline) await dependencies.writeNote("not checked: the recording was interrupted");
  return { ...result, program };
}

async function startCounter({ catalogue, findApiUrl }: RecordDependencies): Promise<CallCounter> {
  return createCallCounter(await catalogue(), apiHosts(await findApiUrl()));
}

/** Checks the operations of the calls, and writes the requested output. */
async function judgeCalls(
  dependencies: RecordDependencies,
  { result }: CallCounter,
  request: RecordRequest,
): Promise<RecordResult> {
  const catalogue = await dependencies.catalogue();
  const counts = await dependencies.interruptibly(result);
  const names = counts.operations.map(({ operation }) => nameOf(operation));
  const subjects = namedSubjects(catalogue, { operations: names, permissions: [] });
  const notes = notesOf(counts, catalogue);
  for (const note of notes) await dependencies.writeNote(note);
  const check =
    request.isOffline || request.emit !== null || names.length === 0
      ? unjudged(catalogue, subjects)
      : await judge(dependencies, names, { catalogue, subjects });
  for (const note of noteContradictions(counts.operations, check.results)) await dependencies.writeNote(note);
  const emitted = emitRecorded(request, counts.operations, { subjects, catalogue, notes: [] });
  for (const note of emitted?.notes ?? []) await dependencies.writeNote(note);
  if (request.writePolicy !== null) {
    const { random, userId } = dependencies;
    const place = { catalogue, random, userId, request };
    await dependencies.writeNote(await writeRecordedPolicy(request.writePolicy, counts.operations, place));
  }
  const listed = [...counts.operations, ...counts.unmatched].reduce((sum, each) => sum + each.calls, 0);
  return {
    schema: "genscope/record/v1",
    files: request.files,
    program: null,
    calls: listed + counts.unlisted,
    ignored: counts.ignored,
    operations: counts.operations.map(({ operation, ...own }, index) => ({
      operation: { method: operation.method, path: operation.path, operationId: operation.operationId },
      ...own,
      verdict: check.results[index]?.verdict ?? null,
    })),
    unmatched: counts.unmatched,
    unlisted: counts.unlisted,
    check,
    emitted,
  };
}

/** Returns the hosts of the API in every region, and the one in use. */
function apiHosts(apiUrl: string | null): ReadonlySet<string> {
  return new Set(
    [...REGIONS.map((region) => region.apiUrl), ...(apiUrl === null ? [] : [apiUrl])].map(hostOf),
  );
}

function hostOf(url: string): string {
  return new URL(url).host.toLowerCase();
}

async function judge(
  { connect, clock, writeNote }: RecordDependencies,
  names: readonly string[],
  { catalogue, subjects }: { readonly catalogue: Catalogue; readonly subjects: readonly CheckSubject[] },
): Promise<CheckScopesResult> {
  try {
    return await checkOperations(await connect(), names, { catalogue, clock });
  } catch (error) {
    // The operations of a program are useful to know even without a login.
    if (!(error instanceof AuthError && error.code === "auth.not_logged_in")) throw error;
    await writeNote("not checked: no login");
    return unjudged(catalogue, subjects);
  }
}

function unjudged(catalogue: Catalogue, subjects: readonly CheckSubject[]): CheckScopesResult {
  const items = subjects.flatMap((subject) =>
    subject.kind === "alternatives" ? [] : [describeUnjudged(catalogue, subject)],
  );
  return documentOf(null, items, null);
}

function notesOf({ unmatched, unlisted, ignored }: CallCounts, { date }: Catalogue): readonly string[] {
  const lost = unmatched.reduce((sum, { calls }) => sum + calls, unlisted);
  return [
    ...(lost === 0
      ? []
      : [
          `${plural(lost, "call")} matched no operation in the catalog of ${date}, so the requirements are unknown`,
        ]),
    ...(unlisted === 0
      ? []
      : [
          `${grouped(unlisted)} of these calls are not listed, because only the first ${grouped(unmatched.length)} paths are`,
        ]),
    ...(ignored === 0 ? [] : [`${plural(ignored, "call")} to other hosts or paths omitted`]),
  ];
}
