import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { Dataset } from "../../../analytics/datasets/dataset.ts";
import { flattenerOf } from "../../../analytics/datasets/flattener-of.ts";
import { adviseInterval, wholeDaysIn } from "../../../analytics/interval-advice.ts";
import { NO_PERMISSIONS } from "../../../analytics/narrowing.ts";
import { hasNames, resolveNames } from "../../../analytics/resolve-names.ts";
import type { Operation } from "../../../catalogue/facts/operation.ts";
import type { Clock } from "../../../core/clock.ts";
import { UsageError } from "../../../core/errors.ts";
import { type ExitName, exitCodeOf } from "../../../core/exit-codes.ts";
import { plural } from "../../../core/text.ts";
import { checkDestination } from "../../../export/destination/check-destination.ts";
import { rootDirectoryOf } from "../../../export/destination/destination.ts";
import type { ReachLookUp } from "../../../export/options/export-ports.ts";
import type { ExportResult } from "../../../export/run/export-result.ts";
import { runExport } from "../../../export/run/run-export.ts";
import { FORMATS } from "../../../export/writers/formats.ts";
import type { Wait } from "../../../http/transport/wait.ts";
import { present, writeNote } from "../../../output/present.ts";
import { besideRecords, showWait, withProgress } from "../../../output/progress/progress.ts";
import type { Api } from "../../../platform/api/api.ts";
import type { ApiError } from "../../../platform/api/api-error.ts";
import { catalogueOfHost } from "../../catalogue-in-use.ts";
import { CommandExit } from "../../command-exit.ts";
import type { Connection, Context, GlobalOptions } from "../../context.ts";
import { lookUpDivisions } from "../../visible-divisions.ts";
import { presentRefusal } from "../check-scopes/refusal-diagnosis.ts";
import type { CheckScopesResult } from "../check-scopes/result.ts";
import { describeFailure, diagnose, STDOUT_ADVICE } from "./failure.ts";
import type { ExportFlags } from "./flags.ts";
import { exportProgress } from "./progress.ts";
import { type ExportRequest, readExportRequest } from "./request.ts";
import { documentOf, type ExportDocument, viewExport } from "./result.ts";

/**
 * Maximum number of threads. More threads would need more memory, and no server sends records faster than four threads
 * can encode them.
 */
const MOST_THREADS = 4;
/** Advice for a request that is too large; the same command would be refused again. */
const TOO_LARGE_ADVICE =
  "export less at a time, with a filter such as --filter mediaType=voice; for aggregates, also try --granularity PT1H";

/**
 * Exports one dataset: checks everything first, then fetches the parts, and diagnoses refusals.
 * @param resumeCommand command line that continues this export
 * @throws UsageError before a request is sent; CommandExit for an incomplete export
 */
export async function exportDataset(
  context: Context,
  words: readonly string[],
  options: GlobalOptions & ExportFlags,
  ports: {
    readonly readBody: (name: string) => Promise<string>;
    readonly resumeCommand: string;
    /** Called with the result, even when the export is incomplete. */
    readonly report: (document: ExportDocument) => void;
  },
): Promise<void> {
  const { io, clock, workingDirectory } = context;
  const nowMs = clock.now();
  const read = async (flags: ExportFlags) =>
    await readExportRequest(words, flags, { nowMs, workingDirectory, readBody: ports.readBody });
  // Checks the request before anything is sent. Filters that contain names are parsed again with ids.
  const request = await read(options);
  const resolve = async (api: Api) => {
    const filter = options.filter ?? [];
    return hasNames(filter) ? await read({ ...options, filter: await resolveNames(api, filter) }) : request;
  };
  if (request.destination === null && options.json === true && options.check !== true) {
    throw new UsageError("usage.arguments", "standard output cannot carry both records and `--json`", {
      hint: "specify a file or directory: --out PATH",
    });
  }
  if (
    request.mode === "incremental" &&
    options.interval !== undefined &&
    (request.interval?.endMs ?? nowMs) < nowMs
  ) {
    await writeNote(io, options, "`--incremental` continues up to now and ignores the end of --interval");
  }
  if (options.interval !== undefined && request.interval !== null) {
    const { startMs } = request.interval;
    const advice = adviseInterval(options.interval, request.timeZone, { startMs, nowMs });
    for (const text of advice) await writeNote(io, options, text);
  }
  if (options.check === true) {
    if (request.mode === "incremental" && !(await isNew(request))) {
      await writeNote(
        io,
        options,
        "the count covers every day of the export; a later run fetches only what is new or changed",
      );
    }
    const { checkExport } = await import("./check/run.ts");
    await checkExport(context, options, { request, resolve });
    return;
  }
  if (request.destination !== null) await checkDestination(request.destination);
  if (
    options.interval === undefined &&
    request.mode === "incremental" &&
    request.interval !== null &&
    (await isNew(request))
  ) {
    const start = new Date(request.interval.startMs).toISOString();
    await writeNote(io, options, `this export begins at ${start}; choose another start with --interval`);
  }
  const { result, api } = await bring(context, options, { ...ports, request, resolve });
  const diagnoses: (readonly [ApiError, CheckScopesResult | null])[] = [];
  for (const refusal of result.refusals) {
    diagnoses.push([refusal, await diagnose(context, options, refusal, api)]);
  }
  const document = documentOf(result, {
    dataset: request.dataset.name,
    out: request.destination?.path ?? null,
    diagnosis: diagnoses[0]?.[1] ?? null,
  });
  ports.report(document);
  const view = (shown: typeof document, style: Parameters<typeof viewExport>[1]) =>
    viewExport(shown, style, {
      workingDirectory,
      isDirectory: request.destination?.kind === "directory",
    });
  if (request.destination === null) {
    await writeNote(io, options, `${plural(document.records, "record")} of ${document.dataset}`);
    for (const { part, interval, reason } of document.gaps) {
      await writeNote(io, options, `missing: ${interval ?? part}: ${reason}`);
    }
  } else if (options.quiet !== true || options.json === true || !document.isComplete) {
    await present(io, options, document, view);
  }
  for (const { summary } of document.narrowing) await writeNote(io, options, summary);
  // The document is already on stdout, so refusals are reported only on stderr.
  for (const [refusal, diagnosis] of diagnoses) {
    await presentRefusal(context, { ...options, json: false }, refusal, diagnosis);
  }
  if (document.isComplete) return;
  const isOnlyTooLarge = document.gaps.every(({ code }) => code === "export.too_large");
  const advice = isOnlyTooLarge
    ? TOO_LARGE_ADVICE
    : request.destination === null
      ? STDOUT_ADVICE
      : diagnoses.length > 0
        ? `fetch the missing parts once the token may read them: ${ports.resumeCommand}`
        : `fetch the missing parts when they are available: ${ports.resumeCommand}`;
  await writeNote(io, options, `hint: ${advice}`);
  const days =
    request.interval === null || request.mode !== "fresh" || !document.gaps.some(({ part }) => part === "end")
      ? null
      : wholeDaysIn(request.interval, Date.parse(document.watermark ?? "") || nowMs);
  if (days !== null) await writeNote(io, options, `hint: export only complete days: --interval ${days}`);
  const exits: readonly ExitName[] = ["incomplete", ...(diagnoses.length === 0 ? [] : (["denied"] as const))];
  throw new CommandExit(exitCodeOf(exits));
}

/** Returns whether no export has started at the destination. */
async function isNew({ destination }: ExportRequest): Promise<boolean> {
  if (destination === null) return true;
  return await stat(rootDirectoryOf(destination, null)).then(
    () => false,
    () => true,
  );
}

async function bring(
  context: Context,
  options: GlobalOptions,
  about: {
    readonly request: ExportRequest;
    /** Returns the request with ids in place of names. */
    readonly resolve: (api: Api) => Promise<ExportRequest>;
    readonly resumeCommand: string;
  },
): Promise<{ readonly result: ExportResult; readonly api: Api }> {
  const { io, clock, random, processes, signal } = context;
  const note = (line: string) => void writeNote(io, options, line).catch(() => undefined);
  const log = (line: string) => (io.stderr.isTerminal ? undefined : note(line));
  const isToStdout = about.request.destination === null;
  const shownAs = isToStdout ? besideRecords(io, options) : options;
  return await withProgress(context, shownAs, "planning", async (shown) => {
    const counts = exportProgress({ clock, log, note });
    const listener = { ...counts, waiting: (wait: Wait) => showWait(io, wait) };
    const connection = await context.connect({ ...options, maxWait: about.request.maxWaitMs });
    const { api } = connection;
    const request = await about.resolve(api);
    const { dataset, groupBy, format } = request;
    const operation = await findOperation(context, api, dataset);
    shown.say(counts.describe);
    try {
      const result = await runExport({
        ...request,
        api,
        clock,
        random,
        processes,
        signal,
        request: request.identity,
        destination: request.destination ?? { kind: "stdout", workPath: await context.temporaryDirectory() },
        flattener:
          FORMATS[format].openTables === null ? null : await flattenerOf(dataset.tables, { groupBy }),
        guardFormulas: request.guardsFormulas,
        encoderThreads: Math.min(MOST_THREADS, availableParallelism()),
        write: async (bytes) => await io.stdout.writeExact(bytes),
        listener,
        openDownloads: async () => await context.downloadTransport(options),
        lookUpReach: () => lookUpReach(connection, operation, clock),
      });
      return { result, api };
    } catch (error) {
      throw await describeFailure(context, options, error, {
        api,
        request,
        resumeCommand: about.resumeCommand,
        kept: counts.describeKept(),
      });
    }
  });
}

/** Starts looking up the divisions of the export's permissions. */
function lookUpReach(connection: Connection, operation: Operation | null, clock: Clock): ReachLookUp {
  const lookUp = lookUpDivisions(connection, operation, clock);
  const { permissions, permissionMode } = operation ?? NO_PERMISSIONS;
  return {
    finish: async () => ({ permissions, permissionMode, divisions: await lookUp.finish() }),
  };
}

/** Returns the operation that reads a dataset; null when the catalog in use does not list it. */
async function findOperation(context: Context, api: Api, { access }: Dataset): Promise<Operation | null> {
  const catalogue = await catalogueOfHost(context, api.region.apiUrl);
  switch (access.kind) {
    case "jobs":
      return catalogue.find("POST", access.definition.path);
    case "aggregates":
      return catalogue.find("POST", access.path);
    case "listing":
      return catalogue.find("GET", access.path);
    case "children":
      // The records that the token can see depend on the objects that it can see.
      return catalogue.find(access.parents.from.kind === "query" ? "POST" : "GET", access.parents.from.path);
  }
}
