import { rm, stat } from "node:fs/promises";
import { parseInterval } from "../../analytics/interval.ts";
import { UsageError } from "../../core/errors.ts";
import { describeDestination, type Layout } from "../destination/destination.ts";
import { readBack } from "../files/read-back.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { readManifest } from "../manifest/read-manifest.ts";
import { readMediaState } from "../media/media-journal.ts";
import type { ExportListener } from "../options/export-listener.ts";
import type { ExportPolicy } from "../options/export-policy.ts";
import type { ExportPorts } from "../options/export-ports.ts";
import type { ExportQuestion } from "../options/export-question.ts";
import type { ExportTarget } from "../options/export-target.ts";
import { readPartState } from "../part/part-journal.ts";
import { findEndedDays } from "../plan/open-conversations.ts";
import { type Plan, planParts } from "../plan/plan.ts";
import { readWatermark } from "../plan/watermark.ts";
import { type ExportState, type RunState, readExportState, writeExportState } from "../state/export-state.ts";
import { assertSameOwner, writeOwnerFile } from "../state/owner-file.ts";
import { assertNoOverwrite } from "./assert-no-overwrite.ts";
import { type Beginning, beginRun } from "./begin-run.ts";
import { restartChangedParts } from "./restart-changed-parts.ts";

/** The options that decide what a run does with its destination. */
export type BeginningOptions = Pick<ExportPorts, "clock"> &
  Omit<ExportQuestion, "body"> &
  Pick<ExportTarget, "destination" | "shard" | "flattener"> &
  Pick<ExportPolicy, "mode"> & { readonly listener: Pick<ExportListener, "changed"> };

type PrepareOptions = BeginningOptions &
  Pick<ExportPorts, "api" | "listener"> &
  Pick<ExportPolicy, "lookBackMs">;

/**
 * Decides which parts this process works on, and stores the decision before anything is fetched, so that a resumed run
 * works on the same parts.
 * @throws UsageError before any request when the destination contains another export or unrelated files
 */
export async function prepareRun(
  options: PrepareOptions,
  layout: Layout,
): Promise<{ readonly state: ExportState; readonly plan: Plan; readonly isDone: boolean }> {
  const nowMs = options.clock.now();
  const { known, beginning } = await findBeginning(options, layout);
  if (beginning.kind !== "new") {
    await writeOwnerFile(options, layout, known !== null);
    return await continueRun(options, layout, beginning);
  }
  const { access } = options.dataset;
  const watermarkMs =
    access.kind === "jobs" ? await readWatermark(options.api, access.definition, nowMs) : null;
  // Writes the owner file only after the first response, so that an export that the service refuses leaves the
  // destination free for another request.
  await writeOwnerFile(options, layout, known !== null);
  const dated = { ...beginning.run, watermarkMs };
  const plan = planOf(options, dated);
  if (known === null) await clearWorkDirectory(layout);
  const rework = beginning.before === null ? [] : await findRework(options, layout, plan, beginning.before);
  const state: ExportState = { version: 1, request: options.request, run: { ...dated, rework } };
  await writeExportState(layout.statePath, state, layout.ownership.check);
  await restartChangedParts(options, layout, plan.parts);
  return { state, plan, isDone: false };
}

/**
 * Returns the state of the export at the destination and what a run with these options would do with it. Changes
 * nothing.
 * @throws UsageError when the destination contains another export or unrelated files
 */
export async function findBeginning(
  options: BeginningOptions,
  layout: Layout,
): Promise<{ readonly known: ExportState | null; readonly beginning: Beginning }> {
  const known = (await readExportState(layout.statePath)) ?? (await readFinished(options, layout));
  const beginning = beginRun(known, {
    mode: options.mode,
    request: options.request,
    interval: options.interval,
    nowMs: options.clock.now(),
    place: describeDestination(options.destination),
    isDirectory: options.destination.kind === "directory",
  });
  await assertSameOwner(options, layout, known !== null);
  if (known === null) await assertNoOverwrite(options, layout, beginning.run);
  return { known, beginning };
}

/** Continues a run. A run counts as done only if its files are unchanged. */
async function continueRun(
  options: PrepareOptions,
  layout: Layout,
  { kind, run }: Exclude<Beginning, { kind: "new" }>,
): Promise<{ readonly state: ExportState; readonly plan: Plan; readonly isDone: boolean }> {
  const plan = planOf(options, run);
  const state: ExportState = { version: 1, request: options.request, run };
  const changed = await restartChangedParts(options, layout, plan.parts);
  if (kind !== "done" || changed === 0) return { state, plan, isDone: kind === "done" };
  const reopened = { ...state, run: { ...run, hasEnded: false, isComplete: false } };
  await writeExportState(layout.statePath, reopened, layout.ownership.check);
  return { state: reopened, plan, isDone: false };
}

/**
 * Removes the state of an export that was interrupted during its cleanup and whose files the user then deleted. A new
 * export must not resume from this state.
 */
async function clearWorkDirectory(layout: Layout): Promise<void> {
  const paths = [layout.partsDirectory, layout.assembledPath];
  await Promise.all(paths.map(async (path) => await rm(path, { recursive: true, force: true })));
}

function planOf(
  options: Pick<PrepareOptions, "dataset" | "timeZone" | "hasFreshTail" | "shard">,
  run: RunState,
): Plan {
  return planParts({
    ...options,
    interval: run.interval,
    watermarkMs: run.watermarkMs,
    nowMs: run.startedAtMs,
  });
}

/**
 * Returns the keys of the finished parts to fetch again. With `--replace`, these are all parts, and otherwise those
 * with missing recording files. With `--incremental`, they also include the latest parts, and parts with conversations
 * that have ended since.
 */
async function findRework(
  { api, lookBackMs, mode }: Pick<PrepareOptions, "api" | "lookBackMs" | "mode">,
  layout: Layout,
  { parts }: Plan,
  before: RunState,
): Promise<readonly string[]> {
  if (mode === "replace") return parts.map(({ key }) => key);
  const lacking: string[] = [];
  for (const { key } of parts) {
    const { missing } = await readMediaState(layout.mediaJournalPath(key));
    if (missing.some(({ isFinal }) => !isFinal)) lacking.push(key);
  }
  if (mode !== "incremental") return lacking;
  const endMs = Math.min(before.interval?.endMs ?? 0, before.watermarkMs ?? before.startedAtMs);
  const isRecent = (part: Plan["parts"][number]) =>
    part.interval === null || part.interval.endMs > endMs - lookBackMs;
  const old = await Promise.all(
    parts
      .filter((part) => !isRecent(part))
      .map(async ({ key }) => ({ key, open: (await readPartState(layout.journalPath(key))).open })),
  );
  const recent = parts.filter(isRecent).map(({ key }) => key);
  return [...new Set([...recent, ...(await findEndedDays(api, old)), ...lacking])];
}

/**
 * Returns the state that the manifest of a finished single-file export records. If the file is gone, returns null, so
 * that a new export can start.
 * @throws UsageError `usage.destination` when the file has no genscope manifest beside it
 */
async function readFinished(
  {
    destination,
    interval,
    clock,
    mode,
    listener,
  }: Pick<BeginningOptions, "destination" | "interval" | "clock" | "mode" | "listener">,
  layout: Layout,
): Promise<ExportState | null> {
  if (destination.kind !== "file") return null;
  const isThere = await stat(destination.path).then(
    () => true,
    () => false,
  );
  if (!isThere) return null;
  const manifest = await readManifest(layout.manifestPath).catch((error: unknown) => {
    if (error instanceof UsageError) return null;
    throw error;
  });
  if (manifest === null) {
    throw new UsageError(
      "usage.destination",
      `\`${destination.path}\` already exists and is not a genscope export`,
      {
        hint: "choose another path with --out PATH",
      },
    );
  }
  const isChanged = mode === "resume" && !(await isAsWritten(destination.path, manifest));
  if (isChanged) listener.changed({ part: "all", path: destination.path });
  const { request, isComplete, parts } = manifest;
  const run: RunState = {
    number: 1,
    interval:
      manifest.interval === null ? interval : parseInterval(manifest.interval, { nowMs: clock.now() }),
    startedAtMs: clock.now(),
    watermarkMs: null,
    rework: [],
    hasEnded: true,
    isComplete: isComplete && !isChanged && !parts.some(({ isProvisional }) => isProvisional),
  };
  return { version: 1, request, run };
}

/** Returns whether the file of a finished export matches its manifest. */
async function isAsWritten(path: string, { files }: Manifest): Promise<boolean> {
  const [file] = files;
  const found = await readBack(path);
  return file !== undefined && found?.sha256 === file.sha256 && found.bytes === file.bytes;
}
