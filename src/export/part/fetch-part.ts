import { JobLost, lossOf } from "../../analytics/jobs/job-lost.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import { SpoolLost } from "../files/spool.ts";
import { Deduplicator } from "../page/deduplicator.ts";
import type { FetchOptions } from "./fetch-options.ts";
import { releaseJob, removeReleasedJobs } from "./part-job.ts";
import { spoolPages } from "./spool-pages.ts";

/** Number of restarts after which this run gives up on a part. */
const MOST_RESTARTS = 3;

/**
 * Fetches all records of a part into its spool, starting from the last checkpoint in the journal. A page is
 * durable before the journal records it, and the journal entry is durable before anything relies on it. The
 * next page is requested meanwhile. A lost job, a lost spool or a refused cursor restarts the part.
 * @throws JobLost when jobs are lost repeatedly, BrokenPage, and any error that stops the whole export
 */
export async function fetchPart(options: FetchOptions): Promise<void> {
  const { journal, source } = options;
  const inherited = journal.state.job;
  if (!source.isResumable && journal.state.page !== null) {
    await restart(options, "its pages can only be read from the start");
  }
  for (let restarts = 0; ; restarts += 1) {
    try {
      await fetchOnce(options);
      return;
    } catch (error) {
      const { job } = journal.state;
      const reason = await findReasonToRestart(error, options, job !== null && job === inherited);
      if (reason === null) throw error;
      if (restarts === MOST_RESTARTS) {
        // Only this part is affected: the others continue, and a later run tries this one again.
        throw error instanceof ApiError ? new JobLost("unknown", reason, { cause: error }) : error;
      }
      await releaseJob(options);
      await restart(options, reason);
    }
  }
}

async function restart({ journal, onRestart }: FetchOptions, reason: string): Promise<void> {
  await journal.append({ kind: "restarted", reason });
  onRestart(reason);
}

async function fetchOnce(options: FetchOptions): Promise<void> {
  const { dataset, part, journal, spoolPath } = options;
  const deduplicator = new Deduplicator(dataset, part, `${spoolPath}.seen`);
  try {
    const sha256 = await spoolPages(options, deduplicator);
    const isConfirmed = journal.state.page?.isSettled ?? true;
    // Released before `fetched`, because a fetched part no longer looks at its job and a crash would leave
    // the job behind.
    const { job } = journal.state;
    if (job !== null) await journal.append({ kind: "released", job });
    await journal.append({ kind: "fetched", sha256, open: deduplicator.open, isConfirmed });
  } finally {
    deduplicator.close();
  }
  await removeReleasedJobs(options);
}

/** Returns the reason to restart the part; null when a restart would not help. */
async function findReasonToRestart(
  error: unknown,
  { source, journal, signal }: FetchOptions,
  isInherited: boolean,
): Promise<string | null> {
  if (error instanceof SpoolLost) return error.message;
  const { job, page } = journal.state;
  const loss = lossOf(error, { hasCursor: (page?.next ?? null) !== null, isInherited });
  if (loss !== null || job === null || !(error instanceof ApiError) || error.status !== 400) return loss;
  // A refused first page can mean a lost job or a bad request. The state of the job settles which.
  return (
    (await source.jobs?.settle(job, signal).then(
      () => null,
      (lost: unknown) => lossOf(lost, { hasCursor: false, isInherited }),
    )) ?? null
  );
}
