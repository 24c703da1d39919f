import { withDeadline } from "../../http/connection/deadline.ts";
import type { Layout } from "../destination/destination.ts";
import type { ExportPorts } from "../options/export-ports.ts";
import type { ExportQuestion } from "../options/export-question.ts";
import type { Part } from "../part/part.ts";
import { releaseJob } from "../part/part-job.ts";
import { PartJournal, readPartState } from "../part/part-journal.ts";
import { selectSource } from "../sources/select-source.ts";

/** Time limit for the cleanup, because a user who pressed Ctrl-C is waiting. */
const PATIENCE_MS = 5_000;

/**
 * Deletes the jobs that parts left on the server: those that cannot be resumed, and those that could not be
 * deleted before. Takes at most 5 s, even after an interruption. Remaining jobs expire on their own.
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
