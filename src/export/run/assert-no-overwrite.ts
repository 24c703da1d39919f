import { lstat } from "node:fs/promises";
import { UsageError } from "../../core/errors.ts";
import { isMissingFile } from "../../core/missing-file.ts";
import type { Layout } from "../destination/destination.ts";
import { readManifest } from "../manifest/read-manifest.ts";
import type { ExportQuestion } from "../options/export-question.ts";
import type { ExportTarget } from "../options/export-target.ts";
import type { Part } from "../part/part.ts";
import { planParts } from "../plan/plan.ts";
import type { RunState } from "../state/export-state.ts";

/** What decides which files an export can write. */
export type OutputOptions = Pick<ExportQuestion, "dataset" | "timeZone" | "hasFreshTail"> &
  Pick<ExportTarget, "destination" | "shard" | "flattener">;

/**
 * Sees to it that a first run writes over nothing: neither over a manifest that is somebody else's, nor over a file
 * that has the name of one of its own. Asks nobody, so that nothing is sent.
 * @throws UsageError `usage.destination`
 */
export async function assertNoOverwrite(
  options: OutputOptions,
  layout: Layout,
  run: RunState,
): Promise<void> {
  const { destination, flattener, dataset } = options;
  if (destination.kind === "stdout") return;
  await readManifest(layout.manifestPath).catch((cause: unknown) => {
    throw foreign(layout.manifestPath, cause);
  });
  if (destination.kind === "file") return;
  const tables = flattener?.tables.map(({ name }) => name) ?? [dataset.table];
  for (const part of possibleParts(options, run)) {
    for (const table of tables) {
      const path = layout.finalPath(part, table);
      if (await exists(path)) throw foreign(path);
    }
  }
}

/** Every part there may be, wherever the platform says that its data ends. */
function possibleParts(options: OutputOptions, { interval }: RunState): readonly Part[] {
  const whenever = { ...options, interval, nowMs: Number.POSITIVE_INFINITY };
  const { parts } = planParts({ ...whenever, watermarkMs: null });
  if (interval === null || !options.hasFreshTail) return parts;
  return [...parts, ...planParts({ ...whenever, watermarkMs: interval.startMs }).parts];
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    (error: unknown) => !isMissingFile(error),
  );
}

function foreign(path: string, cause?: unknown): UsageError {
  return new UsageError(
    "usage.destination",
    `\`${path}\` exists, and is of no export that genscope can go on with`,
    {
      hint: "export to another place: --out PATH",
      cause,
    },
  );
}
