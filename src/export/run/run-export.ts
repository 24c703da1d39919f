import { rm } from "node:fs/promises";
import { EncoderPool } from "../conversion/encoder-pool.ts";
import type { Layout } from "../destination/destination.ts";
import {
  changedGap,
  describeExport,
  findGaps,
  type Gap,
  type Manifest,
  writeManifest,
} from "../manifest/manifest.ts";
import { readManifest } from "../manifest/read-manifest.ts";
import type { ExportPolicy } from "../options/export-policy.ts";
import type { ExportPorts, ExportReach } from "../options/export-ports.ts";
import type { ExportQuestion } from "../options/export-question.ts";
import type { ExportTarget } from "../options/export-target.ts";
import { inspectFiles } from "../part/inspect-files.ts";
import type { Part } from "../part/part.ts";
import { type PartState, placedState, readPartState } from "../part/part-journal.ts";
import type { PartResult } from "../part/part-result.ts";
import { isPlaced, processPart } from "../part/process-part.ts";
import { removeSupersededTails } from "../part/superseded-tails.ts";
import type { Plan } from "../plan/plan.ts";
import { type ExportState, writeExportState } from "../state/export-state.ts";
import { removeAbandonedJobs } from "./abandoned-jobs.ts";
import type { ExportResult } from "./export-result.ts";
import { joinParts } from "./join-parts.ts";
import { prepareRun } from "./prepare-run.ts";
import { takeOverRun } from "./run-directory.ts";
import { streamParts } from "./stream-parts.ts";
import { withOwnership } from "./with-ownership.ts";
import { runWorkerPool } from "./worker-pool.ts";

type RunOptions = ExportPorts & ExportQuestion & ExportTarget & ExportPolicy;

/**
 * Exports everything requested to the destination, each record exactly once, whatever happened to earlier
 * runs. Finished parts are kept, and interrupted parts resume from their checkpoint.
 * @throws UsageError when the destination is in use or contains another export; IncompleteError when another
 * process takes over the destination; InterruptedError, and any error that stops all parts (credentials,
 * network, throttling, disk). Finished work is kept
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
  const refusals: ExportResult["refusal"][] = [];
  try {
    const waiting = before.filter((result) => !isDone(result)).map(({ part }) => part);
    // Provisional parts come last, because by then each day's part has removed the tail that it covers.
    for (const isLast of [false, true]) {
      await runWorkerPool(
        waiting.filter((part) => part.isProvisional === isLast),
        options.concurrency,
        async (part) => {
          const refusal = await processPart(
            { ...options, host, encoders, readBackProgram, signal },
            layout,
            part,
            state.run,
          );
          if (refusal !== "none") refusals.push(refusal);
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
  return await conclude(options, layout, { state, plan, hasEnd, refusals, reach: await reach.finish() });
}

/**
 * Returns the result of an export that an earlier command completed. Writes the manifest again if it was
 * removed or does not match.
 */
async function reportCompleted(
  options: RunOptions,
  layout: Layout,
  state: ExportState,
  plan: Plan,
): Promise<ExportResult> {
  const { manifestPath } = layout;
  const manifest = await readManifest(manifestPath);
  if (manifest === null || !(await isManifestOf(options, layout, manifest, { state, plan }))) {
    const reach = await options.lookUpReach().finish();
    return {
      ...(await conclude(options, layout, { state, plan, hasEnd: false, refusals: [], reach })),
      wasDone: true,
    };
  }
  await removeWorkDirectory(options, layout);
  return { manifest, manifestPath, refusal: null, wasDone: true };
}

/**
 * Returns whether a manifest lists the files in the journals. A finished single file has no journals left and
 * was read itself.
 */
async function isManifestOf(
  { destination, dataset }: Pick<ExportTarget, "destination"> & Pick<ExportQuestion, "dataset">,
  layout: Layout,
  { files }: Manifest,
  { state, plan }: { readonly state: ExportState; readonly plan: Plan },
): Promise<boolean> {
  if (destination.kind !== "directory") return true;
  const results = await readResults(layout, plan.parts);
  const known = describeExport(state, results, [], {
    layout,
    contents: dataset.summary,
    assembled: null,
    isComplete: true,
    reach: { permissions: [], divisions: null },
  });
  const textOf = (all: Manifest["files"]) =>
    all.map(({ path, bytes, rows, sha256 }) => [path, bytes, rows, sha256].join(" ")).toSorted();
  return JSON.stringify(textOf(files)) === JSON.stringify(textOf(known.files));
}

async function conclude(
  options: RunOptions,
  layout: Layout,
  about: {
    readonly state: ExportState;
    readonly plan: Plan;
    /** Whether the end of the interval is missing as long as it is not available. */
    readonly hasEnd: boolean;
    readonly refusals: readonly ExportResult["refusal"][];
    readonly reach: ExportReach;
  },
): Promise<ExportResult> {
  const { state, plan, hasEnd, refusals, reach } = about;
  const results = await readResults(layout, plan.parts);
  const kept = await removeSupersededTails(layout, results);
  const { there, changed } = await dropChanged(options, layout, [...results, ...kept]);
  const gaps = [...changed, ...findGaps(results, hasEnd ? plan.missing : null)];
  const isComplete = gaps.length === 0;
  // A tail counts as complete for this answer, but a later run replaces it with the data lake's records.
  const isWholeInterval = plan.interval?.endMs === state.run.interval?.endMs;
  const isFinal = isComplete && isWholeInterval && !there.some(isProvisional);
  const { destination } = options;
  const assembled =
    destination.kind === "file"
      ? await joinParts(options, layout, there, { path: destination.path, isFinal })
      : null;
  const interval = hasEnd ? plan.interval : plan.reached;
  const answered = { ...state, run: { ...state.run, interval } };
  const manifest = describeExport(answered, there, gaps, {
    layout,
    contents: options.dataset.summary,
    assembled,
    isComplete,
    reach,
  });
  await writeManifest(layout, manifest);
  const ended = { ...state, run: { ...state.run, hasEnded: true, isComplete: isFinal } };
  await writeExportState(layout.statePath, ended, layout.ownership.check);
  await removeAbandonedJobs(options, layout, plan.parts);
  if (isFinal) await removeWorkDirectory(options, layout);
  return {
    manifest,
    manifestPath: layout.manifestPath,
    refusal: refusals.find((refusal) => refusal !== null) ?? null,
    wasDone: false,
  };
}

/** Returns whether the part contains records of the live index, which the data lake will replace. */
function isProvisional({ part, state }: PartResult): boolean {
  return part.isProvisional && placedState(state) !== null;
}

/** Removes the work directory of a finished single file; its manifest is all that a later command needs. */
async function removeWorkDirectory(
  { destination }: Pick<ExportTarget, "destination">,
  { workDirectory }: Layout,
): Promise<void> {
  if (destination.kind === "file") await rm(workDirectory, { recursive: true, force: true });
}

/** Separates out the parts whose files changed since they were placed. The next run fetches them again. */
async function dropChanged(
  { destination }: Pick<ExportTarget, "destination">,
  layout: Layout,
  results: readonly PartResult[],
): Promise<{ readonly there: readonly PartResult[]; readonly changed: readonly Gap[] }> {
  // Files sent to standard output are no longer on the disk.
  if (destination.kind === "stdout") return { there: results, changed: [] };
  const alternative = destination.kind === "file" && results.length === 1 ? destination.path : null;
  const there: PartResult[] = [];
  const changed: Gap[] = [];
  for (const result of results) {
    const found = await inspectFiles(layout, result, alternative);
    if (found.kind === "changed") changed.push(changedGap(result, found.path));
    else there.push(result);
  }
  return { there, changed };
}

async function readResults(layout: Layout, parts: readonly Part[]): Promise<readonly PartResult[]> {
  return await Promise.all(
    parts.map(
      async (part): Promise<{ part: Part; state: PartState }> => ({
        part,
        state: await readPartState(layout.journalPath(part.key)),
      }),
    ),
  );
}
