import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { JobLost } from "../../analytics/jobs/job-lost.ts";
import type { ErrorCode } from "../../core/error-codes.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import type { ConversionOptions } from "../conversion/conversion.ts";
import type { Layout } from "../destination/destination.ts";
import type { ExportQuestion } from "../options/export-question.ts";
import type { ExportTarget } from "../options/export-target.ts";
import type { HostState } from "../page/page-reader.ts";
import { BrokenPage } from "../page/page-scanner.ts";
import { selectSource } from "../sources/select-source.ts";
import type { RunState } from "../state/export-state.ts";
import { fetchPart, PartTooLarge } from "./fetch-part.ts";
import { findLostFile } from "./find-lost-file.ts";
import { finishPart, isSpoolItself } from "./finish-part.ts";
import type { Part } from "./part.ts";
import { releaseJob, removeReleasedJobs } from "./part-job.ts";
import { PartJournal, type PartState, placedState } from "./part-journal.ts";
import { openPartPages, type PartPagesOptions } from "./part-pages.ts";
import { SpoolConversion } from "./spool-conversion.ts";
import { SpoolReadBack } from "./spool-read-back.ts";

/** Returns whether the run has nothing left to do for a part. */
export function isPlaced(state: PartState, part: Part, run: RunState): boolean {
  return state.phase === "placed" && isCurrent(state, part, run);
}

/**
 * Returns whether the part's state covers the interval of this run and, if this run fetches the part again, whether
 * that has happened.
 */
function isCurrent(state: PartState, part: Part, run: RunState): boolean {
  return (
    state.interval?.startMs === part.interval?.startMs &&
    state.interval?.endMs === part.interval?.endMs &&
    (!run.rework.includes(part.key) || state.run >= run.number)
  );
}

/** Everything needed to process a part. */
export type ProcessOptions = PartPagesOptions &
  Pick<ExportQuestion, "body"> &
  Omit<ExportTarget, "shard"> & {
    readonly host: HostState;
    readonly encoders: ConversionOptions["encoders"];
    /** Module for the thread that reads a growing spool back. */
    readonly readBackProgram: URL;
  };

/**
 * Fetches and finishes one part, resuming earlier work.
 * @returns `none`, or the refusal that affects only this part: the server's response, or null when the part is
 * unavailable for another reason
 * @throws any error that stops the other parts as well
 */
export async function processPart(
  options: ProcessOptions,
  layout: Layout,
  part: Part,
  run: RunState,
): Promise<"none" | ApiError | null> {
  const { listener } = options;
  const journal = await PartJournal.open(layout.journalPath(part.key), layout.ownership.check);
  const source = selectSource(options.dataset, part, {
    ...options,
    onPoll: (state) => listener.polled({ part: part.key, state, records: journal.state.records }),
  });
  const keptRecords = () =>
    journal.state.phase === "fetching" && !source.isResumable ? 0 : journal.state.records;
  const conversion = new SpoolConversion({
    ...options,
    spoolPath: layout.spoolPath(part.key),
    ndjsonTable: options.dataset.table,
    fileFor: (table) => layout.workPath(part.key, table),
    csvHeader: options.destination.kind === "directory",
    guard: layout.ownership.checkNowAndThen,
  });
  const spoolReadBack = new SpoolReadBack({
    spoolPath: layout.spoolPath(part.key),
    program: options.readBackProgram,
  });
  const pages = await openPartPages(options, layout, part);
  const follower = isSpoolItself(options) ? spoolReadBack : conversion;
  try {
    await begin({ ...options, source, journal }, layout, part, run);
    const lost = await findLostFile({ ...options, part, journal, layout });
    if (lost !== null) {
      await journal.append({ kind: "restarted", reason: lost });
      listener.restarted({ part: part.key, reason: lost });
    }
    listener.begun({ part: part.key, records: keptRecords() });
    if (journal.state.phase === "fetching") {
      await fetchPart({
        ...options,
        api: pages.api,
        part,
        source,
        journal,
        spoolPath: layout.spoolPath(part.key),
        guard: layout.ownership.checkNowAndThen,
        onPage: (page) => {
          follower.advance(page.bytes);
          listener.page({ part: part.key, ...page, soFar: journal.state.records, kept: keptRecords() });
        },
        onRestart: (reason) => {
          follower.restart();
          listener.restarted({ part: part.key, reason });
        },
        onWait: (wait) => listener.waiting(wait),
      });
    }
    if (journal.state.phase === "fetched") await pages.countMissing(layout.spoolPath(part.key));
    await finishPart({
      ...options,
      part,
      journal,
      layout,
      table: options.dataset.table,
      conversion,
      spoolReadBack,
    });
    listener.finished({ part: part.key, records: journal.state.records });
    return "none";
  } catch (error) {
    const refusal = refusalOf(error, options.failsOnForbidden);
    if (refusal === null) throw error;
    await journal.append({ kind: "refused", ...refusal });
    await releaseJob({ ...options, source, journal });
    listener.refused({ part: part.key, code: refusal.code, message: refusal.message });
    return error instanceof ApiError ? error : null;
  } finally {
    await follower.abandon();
    await pages.close();
    await journal.close();
  }
}

/** Starts the part unless this run has already started it. */
async function begin(
  options: Parameters<typeof removeReleasedJobs>[0],
  layout: Layout,
  part: Part,
  run: RunState,
): Promise<void> {
  const { journal } = options;
  const { phase, job } = journal.state;
  const isInProgress = phase === "fetching" || phase === "fetched" || phase === "converted";
  if (!isInProgress || !isCurrent(journal.state, part, run)) {
    if (job !== null) await journal.append({ kind: "released", job });
    await journal.append({ kind: "begun", run: run.number, interval: part.interval });
    await clearLeftovers(layout, part, journal.state);
  }
  await removeReleasedJobs(options);
}

/** Removes the unfinished files of an earlier attempt. Finished files stay until newer ones replace them. */
async function clearLeftovers(layout: Layout, part: Part, state: PartState): Promise<void> {
  const directory = layout.partDirectory(part.key);
  const finals = (placedState(state)?.files ?? []).map(({ table }) => layout.finalPath(part, table));
  // Recording files stay from run to run, and `MediaStore` removes their leftovers itself.
  const media = [layout.mediaJournalPath(part.key), layout.downloadsDirectory(part.key)];
  const kept = new Set([layout.journalPath(part.key), ...media, ...finals]);
  await layout.ownership.check();
  const names = await readdir(directory);
  const paths = names.map((name) => join(directory, name)).filter((path) => !kept.has(path));
  await Promise.all(paths.map(async (path) => await rm(path, { force: true })));
}

/** Returns the refusal if it affects only this part; null for any other error. */
function refusalOf(
  error: unknown,
  failsOnForbidden: boolean,
): { readonly code: ErrorCode; readonly message: string; readonly correlationId: string | null } | null {
  if (error instanceof ApiError && error.exit === "denied" && !failsOnForbidden) {
    return { code: error.code, message: error.message, correlationId: error.correlationId };
  }
  if (error instanceof PartTooLarge) {
    return {
      code: "export.too_large",
      message: `${error.message}, and it cannot be divided further`,
      correlationId: error.cause instanceof ApiError ? error.cause.correlationId : null,
    };
  }
  if (error instanceof JobLost) {
    return {
      code: "export.job_lost",
      message:
        error.state === "unknown" ? error.message : `the job ended in state ${error.state}: ${error.message}`,
      correlationId: null,
    };
  }
  if (error instanceof BrokenPage) {
    return { code: "export.broken_page", message: error.message, correlationId: null };
  }
  return null;
}
