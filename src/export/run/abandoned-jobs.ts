import { withDeadline } from "../../http/deadline.ts";
import type { Layout } from "../destination/destination.ts";
import type { ExportPorts } from "../options/export-ports.ts";
import type { ExportQuestion } from "../options/export-question.ts";
import type { Part } from "../part/part.ts";
import { releaseJob } from "../part/part-job.ts";
import { PartJournal, readPartState } from "../part/part-journal.ts";
import { selectSource } from "../sources/select-source.ts";

/** Whoever has pressed Ctrl-C waits no longer. */
const PATIENCE_MS = 5_000;

/**
 * Deletes the jobs that parts have left at the service: those nobody can go on with, and those that could not be
 * deleted before. Done within seconds, also after an interruption; what fails ends by itself when it expires.
 */
export async function removeAbandonedJobs(
  options: Pick<ExportPorts, "api" | "clock"> & Pick<ExportQuestion, "dataset" | "body">,
  layout: Layout,
  parts: readonly Part[],
): Promise<void> {
  const { api, clock } = options;
  await withDeadline(api.region.apiUrl, { clock, timeoutMs: PATIENCE_MS }, async (signal) => {
    for (const part of parts) {
      const { job, releasedJobs } = await readPartState(layout.journalPath(part.key));
      if (job === null && releasedJobs.length === 0) continue;
      const journal = await PartJournal.open(layout.journalPath(part.key), layout.ownership.check);
      try {
        await releaseJob({ source: selectSource(options.dataset, part, options), journal, signal });
      } finally {
        await journal.close();
      }
    }
  }).catch(() => undefined);
}
