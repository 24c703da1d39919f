import { lstat } from "node:fs/promises";
import { UsageError } from "../../core/errors.ts";
import { isMissingFile } from "../../core/system-error.ts";
import type { Layout } from "../destination/destination.ts";
import { readManifest } from "../manifest/read-manifest.ts";
import type { ExportQuestion } from "../options/export-question.ts";
import type { ExportTarget } from "../options/export-target.ts";
import type { Part } from "../part/part.ts";
import { planParts } from "../plan/plan.ts";
import type { RunState } from "../state/export-state.ts";

/** The options that determine which files an export can write. */
export type OutputOptions = Pick<ExportQuestion, "dataset" | "timeZone" | "hasFreshTail" | "recordings"> &
  Pick<ExportTarget, "destination" | "shard" | "flattener">;

/**
 * Throws if a first run would overwrite a file, either an unrelated manifest or any file with a name that the export
 * would use. Sends no request.
 * @throws UsageError `usage.destination`
 */
export async function assertNoOverwrite(
  options: OutputOptions,
  layout: Layout,
  run: RunState,
): Promise<void> {
  const { destination, flattener, dataset, recordings } = options;
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
    const media = layout.mediaDirectory(part.key);
    if (recordings?.hasFiles === true && (await exists(media))) throw foreign(media);
  }
}

/** Returns every part that the export could have, as if the platform already had all of its data. */
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
    `\`${path}\` already exists and was not created by this export`,
    {
      hint: "choose another path with --out PATH",
      cause,
    },
  );
}
