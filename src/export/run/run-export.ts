import { hasReports } from "../../analytics/datasets/dataset-access.ts";
import type { ApiError } from "../../platform/api/api-error.ts";
import { EncoderPool } from "../conversion/encoder-pool.ts";
import type { Layout } from "../destination/destination.ts";
import type { ExportPolicy } from "../options/export-policy.ts";
import type { ExportPorts } from "../options/export-ports.ts";
import type { ExportQuestion } from "../options/export-question.ts";
import type { ExportTarget } from "../options/export-target.ts";
import type { PartResult } from "../part/part-result.ts";
import { isPlaced, processPart } from "../part/process-part.ts";
import { runWorkerPool } from "../pool/worker-pool.ts";
import { removeAbandonedJobs } from "./abandoned-jobs.ts";
import { conclude, reportCompleted } from "./conclude.ts";
import type { ExportResult } from "./export-result.ts";
import { prepareRun } from "./prepare-run.ts";
import { readResults } from "./read-results.ts";
import { takeOverRun } from "./run-directory.ts";
import { streamParts } from "./stream-parts.ts";
import { withOwnership } from "./with-ownership.ts";

type RunOptions = ExportPorts & ExportQuestion & ExportTarget & ExportPolicy;

/**
 * Exports everything requested to the destination, each record exactly once, regardless of earlier interruptions.
 * Finished parts are kept, and interrupted parts resume from their checkpoint.
 * @throws UsageError when the destination is in use or contains another export; IncompleteError when another process
 * takes over the destination; InterruptedError, and any error that stops all parts (credentials, network, throttling,
 * disk). Finished work is kept.
 */
export async function runExport(options: RunOptions): Promise<ExportResult> {
  return await withOwnership(options, async (layout, { lost, ended }) => {
    await takeOverRun(layout, ended);
    return await runOwned(options, layout, lost);
  });
}

async function runOwned(options: RunOptions, layout: Layout, lost: AbortSignal): Promise<ExportResult> {
  const { state, plan, isDone: wasDone } = await prepareRun(options, layout);
  if (wasDone) return await reportCompleted(options, layout, state, plan);
  const before = await readResults(layout, plan.parts);
  const isDone = ({ part, state: achieved }: PartResult) => isPlaced(achieved, part, state.run);
  const done = before.filter(isDone);
  options.listener.planned({
    total: plan.parts.length,
    done: done.length,
    records: done.reduce((sum, { state: { records } }) => sum + records, 0),
  });

  const reach = options.lookUpReach();
  const host = { hasAnswered: false };
  const stopped = new AbortController();
  const signal = AbortSignal.any([options.signal, lost, stopped.signal]);
  const stream = options.destination.kind === "stdout" ? streamParts(options, layout, plan.parts) : null;
  const readBackProgram = new URL("./read-back-worker.js", import.meta.url);
  const encoders = new EncoderPool({
    ...options,
    dataset: options.dataset.name,
    program: new URL("./encoder-worker.js", import.meta.url),
    signal,
  });
  // Keeps one refusal of each kind, because thousands of conversations may be refused for the same reason.
  const refusals = new Map<string, ApiError>();
  const downloads =
    options.recordings === null && !hasReports(options.dataset.access)
      ? null
      : { transport: await options.openDownloads(), hostsSeen: new Set<string>() };
  const onRefusal = (error: ApiError) => {
    const kind = `${error.method} ${error.apiCode}`;
    if (!refusals.has(kind)) refusals.set(kind, error);
  };
  try {
    const waiting = before.filter((result) => !isDone(result)).map(({ part }) => part);
    // Provisional parts come last. By then, each day's part has removed the provisional data that it replaces.
    for (const isLast of [false, true]) {
      await runWorkerPool(
        waiting.filter((part) => part.isProvisional === isLast),
        options.concurrency,
        async (part) => {
          const refusal = await processPart(
            { ...options, host, encoders, readBackProgram, signal, downloads, onRefusal },
            layout,
            part,
            state.run,
          );
          if (refusal !== "none" && refusal !== null) onRefusal(refusal);
          await stream?.settle(part.key, refusal === "none");
        },
        (reason) => stopped.abort(reason),
      );
    }
  } catch (error) {
    if (options.destination.kind === "stdout") await removeAbandonedJobs(options, layout, plan.parts);
    throw error;
  } finally {
    await encoders.close();
  }
  // An incremental export has no fixed end, so no end is missing.
  const hasEnd = options.mode !== "incremental";
  return await conclude(options, layout, {
    state,
    plan,
    hasEnd,
    refusals: [...refusals.values()],
    reach: await reach.finish(),
  });
}
