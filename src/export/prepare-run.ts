import { readFile, rm, stat } from "node:fs/promises";
import { parseInterval } from "../analytics/interval.ts";
import { UsageError } from "../core/errors.ts";
import { asRecord, parseJson } from "../core/json.ts";
import { isMissingFile } from "../core/missing-file.ts";
import { beginRun } from "./begin-run.ts";
import { type Layout, placeOf } from "./destination.ts";
import type { ExportOptions } from "./export-options.ts";
import { type ExportState, type RunState, readExportState, writeExportState } from "./export-state.ts";
import type { Manifest } from "./manifest.ts";
import { findEndedDays } from "./open-conversations.ts";
import { readPartState } from "./part-journal.ts";
import { type Plan, planParts } from "./plan.ts";
import { readWatermark } from "./watermark.ts";

/**
 * Decides what this process works on and makes that durable before anything is fetched, so that whoever goes on
 * after a crash works on the same.
 * @returns null when there is nothing left to do
 */
export async function prepareRun(
  options: ExportOptions,
  layout: Layout,
): Promise<{ readonly state: ExportState; readonly plan: Plan } | null> {
  const nowMs = options.clock.now();
  const known = (await readExportState(layout.statePath)) ?? (await readFinished(options, layout));
  const beginning = beginRun(known, {
    mode: options.mode,
    request: options.request,
    interval: options.interval,
    nowMs,
    place: placeOf(options.destination),
    isDirectory: options.destination.kind === "directory",
    hasFreshTail: options.hasFreshTail,
  });
  if (beginning.kind === "done") return null;
  if (beginning.kind === "continued") {
    return {
      state: { version: 1, request: options.request, run: beginning.run },
      plan: planOf(options, beginning.run),
    };
  }
  const { access } = options.dataset;
  const watermarkMs = access.kind === "jobs" ? await readWatermark(options.api, access.words) : null;
  const dated = { ...beginning.run, watermarkMs };
  const plan = planOf(options, dated);
  if (known === null) await clearWorkDirectory(layout);
  const rework =
    options.mode === "incremental" && beginning.before !== null
      ? await findRework(options, layout, plan, beginning.before)
      : [];
  const state: ExportState = { version: 1, request: options.request, run: { ...dated, rework } };
  await writeExportState(layout.statePath, state);
  return { state, plan };
}

/** What an export left that ended while it cleared up, and whose files were then removed by somebody: it is no beginning. */
async function clearWorkDirectory(layout: Layout): Promise<void> {
  const paths = [layout.partsDirectory, layout.assembledPath];
  await Promise.all(paths.map(async (path) => await rm(path, { recursive: true, force: true })));
}

function planOf(options: ExportOptions, run: RunState): Plan {
  return planParts({
    ...options,
    interval: run.interval,
    watermarkMs: run.watermarkMs,
    nowMs: run.startedAtMs,
  });
}

/** Finished parts that may have changed since: the youngest ones, and those whose open conversations have ended. */
async function findRework(
  { api, lookBackMs }: ExportOptions,
  layout: Layout,
  { parts }: Plan,
  before: RunState,
): Promise<readonly string[]> {
  const endMs = Math.min(before.interval?.endMs ?? 0, before.watermarkMs ?? before.startedAtMs);
  const isYoung = (part: Plan["parts"][number]) =>
    part.interval === null || part.interval.endMs > endMs - lookBackMs;
  const old = await Promise.all(
    parts
      .filter((part) => !isYoung(part))
      .map(async ({ key }) => ({ key, open: (await readPartState(layout.journalPath(key))).open })),
  );
  return [...parts.filter(isYoung).map(({ key }) => key), ...(await findEndedDays(api, old))];
}

/** What a finished export to one file left: its manifest. A file that was moved away leaves room for another. */
async function readFinished(
  { destination, interval, clock }: ExportOptions,
  layout: Layout,
): Promise<ExportState | null> {
  if (destination.kind !== "file") return null;
  const isThere = await stat(destination.path).then(
    () => true,
    () => false,
  );
  if (!isThere) return null;
  const manifest = await readManifest(layout.manifestPath).catch(() => null);
  if (manifest === null) {
    throw new UsageError(
      "usage.destination",
      `\`${destination.path}\` exists, and is no export of genscope`,
      {
        hint: "export to another place: --out PATH",
      },
    );
  }
  const { request, isComplete, parts } = manifest;
  const run: RunState = {
    number: 1,
    interval:
      manifest.interval === null ? interval : parseInterval(manifest.interval, { nowMs: clock.now() }),
    startedAtMs: clock.now(),
    watermarkMs: null,
    rework: [],
    hasEnded: true,
    isComplete: isComplete && !parts.some(({ isProvisional }) => isProvisional),
  };
  return { version: 1, request, run };
}

/** The manifest of an earlier run. @throws UsageError when there is none */
export async function readManifest(path: string): Promise<Manifest> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (isMissingFile(error)) return "";
    throw error;
  });
  const value = parseJson(text);
  if (asRecord(value)["schema"] !== "genscope/export-manifest/v1") {
    throw new UsageError("usage.manifest", `\`${path}\` is not a manifest`, {
      hint: "export to another place: --out PATH",
    });
  }
  return value as Manifest;
}
