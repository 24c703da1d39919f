import { rm } from "node:fs/promises";
import { hasReports } from "../../analytics/datasets/dataset-access.ts";
import { NO_PERMISSIONS } from "../../analytics/narrowing.ts";
import type { ApiError } from "../../platform/api/api-error.ts";
import type { Layout } from "../destination/destination.ts";
import {
  changedGap,
  describeExport,
  findGaps,
  type Gap,
  type Manifest,
  writeManifest,
} from "../manifest/manifest.ts";
import { describeMedia, mediaGaps } from "../manifest/media-report.ts";
import { readManifest } from "../manifest/read-manifest.ts";
import { checkAllMedia } from "../media/check-media.ts";
import type { ExportPolicy } from "../options/export-policy.ts";
import type { ExportPorts, ExportReach } from "../options/export-ports.ts";
import type { ExportQuestion } from "../options/export-question.ts";
import type { ExportTarget } from "../options/export-target.ts";
import { inspectFiles } from "../part/inspect-files.ts";
import { placedState } from "../part/part-journal.ts";
import type { PartResult } from "../part/part-result.ts";
import { removeReplacedParts, removeSupersededTails } from "../part/superseded-tails.ts";
import type { Plan } from "../plan/plan.ts";
import { type ExportState, writeExportState } from "../state/export-state.ts";
import { removeAbandonedJobs } from "./abandoned-jobs.ts";
import type { ExportResult } from "./export-result.ts";
import { joinParts } from "./join-parts.ts";
import { readResults } from "./read-results.ts";

type ConcludeOptions = Pick<ExportPorts, "api" | "clock" | "lookUpReach"> &
  Pick<ExportQuestion, "dataset" | "body" | "recordings"> &
  ExportTarget &
  Pick<ExportPolicy, "mode">;

/**
 * Returns the result of an export that an earlier run completed. Writes the manifest again if it was removed or does
 * not match.
 */
export async function reportCompleted(
  options: ConcludeOptions,
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
  return { manifest, manifestPath, refusals: [], wasDone: true };
}

/**
 * Returns whether a manifest lists the files in the journals. The journals of a finished single file are gone, but in
 * that case the file itself has been read.
 */
async function isManifestOf(
  { destination, dataset, recordings }: Pick<ConcludeOptions, "destination" | "dataset" | "recordings">,
  layout: Layout,
  manifest: Manifest,
  { state, plan }: { readonly state: ExportState; readonly plan: Plan },
): Promise<boolean> {
  if (destination.kind !== "directory") return true;
  const results = await readResults(layout, plan.parts);
  const known = describeExport(state, results, [], {
    layout,
    contents: dataset.summary,
    assembled: null,
    isComplete: true,
    reach: { ...NO_PERMISSIONS, divisions: null },
    media: recordings === null && !hasReports(dataset.access) ? null : await describeMedia(layout, results),
  });
  const textOf = ({ files, media }: Manifest) => [
    ...files.map(({ path, bytes, rows, sha256 }) => [path, bytes, rows, sha256].join(" ")).toSorted(),
    ...(media?.files ?? []).map(({ path, bytes, sha256 }) => [path, bytes, sha256].join(" ")).toSorted(),
  ];
  return JSON.stringify(textOf(manifest)) === JSON.stringify(textOf(known));
}

export async function conclude(
  options: ConcludeOptions,
  layout: Layout,
  about: {
    readonly state: ExportState;
    readonly plan: Plan;
    /** Whether the interval has a fixed end. If so, an end without data counts as missing. */
    readonly hasEnd: boolean;
    /** The first refusal of each kind. */
    readonly refusals: readonly ApiError[];
    readonly reach: ExportReach;
  },
): Promise<ExportResult> {
  const { state, plan, hasEnd, refusals, reach } = about;
  const results = await readResults(layout, plan.parts);
  const kept = await removeSupersededTails(layout, results);
  const { there, changed } = await dropChanged(options, layout, [...results, ...kept]);
  const hasMedia = options.recordings !== null || hasReports(options.dataset.access);
  const media = hasMedia ? await describeMedia(layout, there) : null;
  const gaps = [...changed, ...findGaps(results, hasEnd ? plan.missing : null), ...mediaGaps(media, there)];
  const isComplete = gaps.length === 0;
  // A tail counts as complete for this result, but a later run replaces it with the data lake's records.
  const isWholeInterval = plan.interval?.endMs === state.run.interval?.endMs;
  const isFinal = isComplete && isWholeInterval && !there.some(isProvisional);
  const { destination } = options;
  if (isComplete && state.run.replaces === true && destination.kind === "directory") {
    await removeReplacedParts(layout, there);
  }
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
    media,
  });
  await writeManifest(layout, manifest);
  const ended = { ...state, run: { ...state.run, hasEnded: true, isComplete: isFinal } };
  await writeExportState(layout.statePath, ended, layout.ownership.check);
  await removeAbandonedJobs(options, layout, plan.parts);
  if (isFinal) await removeWorkDirectory(options, layout);
  return {
    manifest,
    manifestPath: layout.manifestPath,
    refusals,
    wasDone: false,
  };
}

/** Returns whether the part contains records from the live index, which records from the data lake will replace. */
function isProvisional({ part, state }: PartResult): boolean {
  return part.isProvisional && placedState(state) !== null;
}

/** Removes the work directory of a finished single file, because a later run needs only its manifest. */
async function removeWorkDirectory(
  { destination }: Pick<ExportTarget, "destination">,
  { workDirectory }: Layout,
): Promise<void> {
  if (destination.kind === "file") await rm(workDirectory, { recursive: true, force: true });
}

/** Separates the parts whose files changed since they were placed. The next run fetches them again. */
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
    const [lost] = (await checkAllMedia(layout, result.part.key)).filter(({ kind }) => kind === "changed");
    const path = found.kind === "changed" ? found.path : lost?.path;
    if (path === undefined) there.push(result);
    else changed.push(changedGap(result, path));
  }
  return { there, changed };
}
