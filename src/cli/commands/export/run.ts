import type { Dataset } from "../../../analytics/datasets/dataset.ts";
import { flattenerOf } from "../../../analytics/datasets/flattener-of.ts";
import { adviseInterval } from "../../../analytics/interval-advice.ts";
import { hasNames, resolveNames } from "../../../analytics/resolve-names.ts";
import type { Operation } from "../../../catalogue/facts/operation.ts";
import { requireFound } from "../../../catalogue/lookup/require-name.ts";
import type { Clock } from "../../../core/clock.ts";
import {
  AppError,
  IncompleteError,
  InterruptedError,
  OutputError,
  UsageError,
} from "../../../core/errors.ts";
import { EXIT_CODES, type ExitName, exitCodeOf } from "../../../core/exit-codes.ts";
import { plural } from "../../../core/text.ts";
import { checkDestination } from "../../../export/destination/check-destination.ts";
import type { ReachLookUp } from "../../../export/options/export-ports.ts";
import type { ExportResult } from "../../../export/run/export-result.ts";
import { runExport } from "../../../export/run/run-export.ts";
import { FORMATS } from "../../../export/writers/formats.ts";
import { present, writeNote } from "../../../output/present.ts";
import { withProgress } from "../../../output/progress.ts";
import type { Api } from "../../../platform/api/api.ts";
import { ApiError } from "../../../platform/api/api-error.ts";
import { catalogueOfHost } from "../../catalogue-in-use.ts";
import { CommandExit } from "../../command-exit.ts";
import type { Connection, Context, GlobalOptions } from "../../context.ts";
import { lookUpDivisions } from "../../visible-divisions.ts";
import { diagnoseRefusal, presentRefusal } from "../check-scopes/refusal-diagnosis.ts";
import type { CheckScopesResult } from "../check-scopes/result.ts";
import type { ExportFlags } from "./flags.ts";
import { exportProgress } from "./progress.ts";
import { type ExportRequest, readExportRequest } from "./request.ts";
import { documentOf, viewExport } from "./result.ts";

/** The same command would be refused again. */
const TOO_LARGE_ADVICE =
  "export less at a time, with a filter such as --filter mediaType=voice; aggregates also with --granularity PT1H";
const STDOUT_ADVICE = "an export to standard output can't be continued, one to a directory can: --out PATH";

/**
 * Exports one dataset: checks everything first, then fetches the parts, and diagnoses refusals.
 * @param resumeCommand command line that continues this export
 * @throws UsageError before a request is sent; CommandExit for an incomplete export
 */
export async function exportDataset(
  context: Context,
  words: readonly string[],
  options: GlobalOptions & ExportFlags,
  ports: { readonly readBody: (name: string) => Promise<string>; readonly resumeCommand: string },
): Promise<void> {
  const { io, clock, workingDirectory } = context;
  const nowMs = clock.now();
  const read = async (flags: ExportFlags) =>
    await readExportRequest(words, flags, { nowMs, workingDirectory, readBody: ports.readBody });
  // Checked before anything is sent; a filter with a name is read again with its id.
  const request = await read(options);
  const resolve = async (api: Api) => {
    const filter = options.filter ?? [];
    return hasNames(filter) ? await read({ ...options, filter: await resolveNames(api, filter) }) : request;
  };
  if (request.destination === null && options.json === true) {
    throw new UsageError("usage.arguments", "standard output can't take both the records and `--json`", {
      hint: "name a file or directory: --out PATH",
    });
  }
  if (request.destination !== null) await checkDestination(request.destination);
  if (options.interval !== undefined) {
    const advice = adviseInterval(options.interval, request.timeZone);
    for (const text of advice) await writeNote(io, options, text);
  }
  const { result, api } = await bring(context, options, { ...ports, request, resolve });
  const { refusal } = result;
  const diagnosis = refusal === null ? null : await diagnose(context, options, refusal, api);
  const document = documentOf(result, {
    dataset: request.dataset.name,
    out: request.destination?.path ?? null,
    diagnosis,
  });
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
  } else {
    await present(io, options, document, view);
  }
  for (const { summary } of document.narrowing) await writeNote(io, options, summary);
  // The document is on stdout already: the refusal is reported on stderr only.
  if (refusal !== null) await presentRefusal(context, { ...options, json: false }, refusal, diagnosis);
  if (document.isComplete) return;
  const isOnlyTooLarge = document.gaps.every(({ code }) => code === "export.too_large");
  const advice = isOnlyTooLarge
    ? TOO_LARGE_ADVICE
    : request.destination === null
      ? STDOUT_ADVICE
      : `fetch the missing parts when they are available: ${ports.resumeCommand}`;
  await writeNote(io, options, `hint: ${advice}`);
  const exits: readonly ExitName[] = ["incomplete", ...(refusal === null ? [] : (["denied"] as const))];
  throw new CommandExit(exitCodeOf(exits));
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
  return await withProgress(io, options, "planning", async (shown) => {
    const listener = exportProgress({ clock, say: shown.say, log, note });
    const connection = await context.connect(options, {
      maxWaitMs: about.request.maxWaitMs,
      onWait: listener.waiting,
    });
    const { api } = connection;
    const request = await about.resolve(api);
    const { dataset, groupBy, format } = request;
    const operation = await findOperation(context, api, dataset);
    const over = new AbortController();
    const ticking = listener.tick(over.signal);
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
        write: async (bytes) => await io.stdout.writeExact(bytes),
        listener,
        lookUpReach: () => lookUpReach(connection, operation, clock),
      });
      return { result, api };
    } catch (error) {
      throw await inWords(context, options, error, {
        api,
        request,
        resumeCommand: about.resumeCommand,
        kept: listener.describeKept(),
      });
    } finally {
      over.abort();
      await ticking;
    }
  });
}

/** Starts to ask for the divisions of the export's permissions. */
function lookUpReach(connection: Connection, operation: Operation | null, clock: Clock): ReachLookUp {
  const lookUp = lookUpDivisions(connection, operation, clock);
  return {
    finish: async () => ({ permissions: operation?.permissions ?? [], divisions: await lookUp.finish() }),
  };
}

/** Returns the operation that reads a dataset; null when the catalogue in use does not list it. */
async function findOperation(context: Context, api: Api, { access }: Dataset): Promise<Operation | null> {
  const catalogue = await catalogueOfHost(context, api.region.apiUrl);
  const method = access.kind === "listing" ? "GET" : "POST";
  return catalogue.find(method, access.kind === "jobs" ? access.definition.path : access.path);
}

/**
 * Returns the error that ended the export, with the command that continues it; a refusal is diagnosed first.
 */
async function inWords(
  context: Context,
  options: GlobalOptions,
  error: unknown,
  about: {
    readonly api: Api;
    readonly request: ExportRequest;
    readonly resumeCommand: string;
    /** Describes what is saved; null for nothing. */
    readonly kept: string | null;
  },
): Promise<unknown> {
  const canGoOn = about.request.destination !== null;
  if (context.signal.aborted) {
    return canGoOn
      ? new InterruptedError(
          "interrupted",
          about.kept === null
            ? "interrupted before the first checkpoint"
            : `interrupted at ${about.kept}; all of it is saved`,
          {
            hint: `continue: ${about.resumeCommand}`,
            cause: error,
          },
        )
      : new InterruptedError("interrupted", "interrupted: the records on standard output are incomplete", {
          hint: STDOUT_ADVICE,
          cause: error,
        });
  }
  if (error instanceof ApiError && error.exit === "denied") {
    await presentRefusal(context, options, error, await diagnose(context, options, error, about.api));
    return new CommandExit(EXIT_CODES.denied);
  }
  if (error instanceof OutputError && error.code === "output.disk_full" && canGoOn) {
    const hint = `free some space, then continue: ${about.resumeCommand}`;
    const saved = about.kept !== null ? "; the fetched data is saved" : "";
    return new IncompleteError(error.code, `${error.message}${saved}`, {
      hint,
      cause: error,
    });
  }
  if (error instanceof AppError && !(error instanceof UsageError) && canGoOn) {
    const saved = about.kept === null ? "" : `saved so far: ${about.kept}; `;
    await writeNote(context.io, options, `${saved}continue with: ${about.resumeCommand}`);
  }
  return error;
}

async function diagnose(
  context: Context,
  options: GlobalOptions,
  refusal: ApiError,
  api: Api,
): Promise<CheckScopesResult | null> {
  const catalogue = await catalogueOfHost(context, api.region.apiUrl);
  const { operation } = requireFound(catalogue, `${refusal.method} ${refusal.path}`);
  return await diagnoseRefusal(context, options, refusal, { api, catalogue, operation });
}
