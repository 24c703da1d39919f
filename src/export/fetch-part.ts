import { ApiError } from "../platform/api-error.ts";
import type { FetchOptions } from "./fetch-options.ts";
import { releaseJob, removeReleasedJobs } from "./part-job.ts";
import { JobLost } from "./source.ts";
import { SpoolLost } from "./spool.ts";
import { spoolPages } from "./spool-pages.ts";
import { Tally } from "./tally.ts";

/** After that many fresh starts a part is given up for this run. */
const MOST_RESTARTS = 3;
/** A cursor the service does not take (any more). */
const CURSOR_REFUSED = new Set([400, 404, 410]);

/**
 * Brings all records of a part into its spool, from where the journal says that an earlier run stopped. A page is
 * durable before the journal says so, and the journal before anything is built on it; while the disk is at it, the
 * next page is already asked for. A job or a spool that is lost, or a cursor that is refused, begins the part anew.
 * @throws JobLost, BrokenPage when the part can't be had; whatever stops the whole export
 */
export async function fetchPart(options: FetchOptions): Promise<void> {
  const { journal, source } = options;
  if (!source.isResumable && journal.state.page !== null) {
    await journal.append({ kind: "restarted", reason: "it can't be continued in the middle" });
  }
  for (let restarts = 0; ; restarts += 1) {
    try {
      await fetchOnce(options);
      return;
    } catch (error) {
      const reason = await findReasonToRestart(error, options);
      if (reason === null || restarts === MOST_RESTARTS) throw error;
      await releaseJob(options);
      await journal.append({ kind: "restarted", reason });
    }
  }
}

async function fetchOnce(options: FetchOptions): Promise<void> {
  const { dataset, part, journal, spoolPath } = options;
  const tally = new Tally(dataset, part, `${spoolPath}.seen`);
  try {
    const sha256 = await spoolPages(options, tally);
    const isConfirmed = journal.state.page?.isSettled ?? true;
    // Released first: a part that is fetched asks for no job again, and would leave this one behind after a crash.
    const { job } = journal.state;
    if (job !== null) await journal.append({ kind: "released", job });
    await journal.append({ kind: "fetched", sha256, open: tally.open, isConfirmed });
  } finally {
    tally.close();
  }
  await removeReleasedJobs(options);
}

/** Why the part has to begin anew; null when that would not help. */
async function findReasonToRestart(error: unknown, options: FetchOptions): Promise<string | null> {
  const { source, journal, signal } = options;
  if (error instanceof JobLost) return `${error.state}: ${error.message}`;
  if (error instanceof SpoolLost) return error.message;
  const { job, page } = journal.state;
  if (!(error instanceof ApiError) || !CURSOR_REFUSED.has(error.status) || job === null) return null;
  try {
    await source.jobs?.settle(job, signal);
  } catch (lost) {
    return lost instanceof JobLost ? `${lost.state}: ${lost.message}` : null;
  }
  return page === null ? null : "the service does not take the cursor any more";
}
