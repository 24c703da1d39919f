import { JobLost, lossOf } from "../../analytics/jobs/job-lost.ts";
import { type ExceededLimit, exceededLimit } from "../../analytics/splitting/exceeded-limit.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import { SpoolLost } from "../files/spool.ts";
import { Deduplicator } from "../page/deduplicator.ts";
import type { FetchOptions } from "./fetch-options.ts";
import { releaseJob, removeReleasedJobs } from "./part-job.ts";
import { morePieces } from "./pieces.ts";
import { spoolPages } from "./spool-pages.ts";

/** A part that exceeds a limit of the platform and can't be divided further. */
export class PartTooLarge extends Error {}

/** Number of restarts after which a run gives up on a part. */
const MOST_RESTARTS = 3;

/**
 * Fetches all records of a part into its spool, starting from the last checkpoint in the journal. A page is
 * durable before the journal records it, and the journal entry is durable before anything relies on it. The
 * next page is requested in the meantime. A lost job, a lost spool or a refused cursor restarts the part. A
 * part that exceeds a limit of the platform is fetched in pieces.
 * @throws JobLost when jobs are lost repeatedly, PartTooLarge, BrokenPage, and any error that stops the whole
 * export
 */
export async function fetchPart(options: FetchOptions): Promise<void> {
  const { journal, source } = options;
  const inherited = journal.state.job;
  if (!source.isResumable && journal.state.page !== null) {
    await restart(options, "its pages can be read only from the start");
  }
  for (let restarts = 0; ; ) {
    try {
      await fetchOnce(options);
      return;
    } catch (error) {
      const limit = exceededLimit(error);
      if (limit !== null && canHelp(options, limit)) {
        await divide(options, limit, error);
        continue;
      }
      const { job } = journal.state;
      const reason = await findReasonToRestart(error, options, job !== null && job === inherited);
      if (reason === null) throw error;
      if (restarts === MOST_RESTARTS) {
        // A JobLost ends only this part. The other parts continue, and a later run tries this one again.
        throw error instanceof ApiError ? new JobLost("unknown", reason, { cause: error }) : error;
      }
      restarts += 1;
      await releaseJob(options);
      await restart(options, reason);
    }
  }
}

/**
 * Returns whether fetching the part in pieces can help. After a page that is too large, pieces help only if each piece
 * is a single page, because otherwise smaller pages were already tried. After a timeout, they help only if the part can
 * be divided further. If it can't, the timeout counts as an outage and ends the export.
 */
function canHelp(options: FetchOptions, { kind }: ExceededLimit): boolean {
  const isOnePage = options.source.pageSizes.largest === 1;
  return kind === "time" ? isOnePage && morePieces(options) !== null : kind !== "bytes" || isOnePage;
}

/**
 * Restarts a part that exceeds a limit of the platform, in twice as many pieces.
 * @throws PartTooLarge when there are no smaller pieces
 */
async function divide(options: FetchOptions, { summary }: ExceededLimit, cause: unknown): Promise<void> {
  const { journal, onRestart } = options;
  const pieces = morePieces(options);
  if (pieces === null) throw new PartTooLarge(summary, { cause });
  await releaseJob(options);
  const reason = `${summary}, so it is fetched in ${pieces} pieces`;
  await journal.append({ kind: "divided", pieces, reason });
  onRestart(reason);
}

async function restart({ journal, onRestart }: FetchOptions, reason: string): Promise<void> {
  await journal.append({ kind: "restarted", reason });
  onRestart(reason);
}

async function fetchOnce(options: FetchOptions): Promise<void> {
  const { dataset, part, journal, spoolPath } = options;
  const deduplicator = new Deduplicator(dataset, part, `${spoolPath}.seen`);
  try {
    await spoolPages(options, deduplicator);
    const isConfirmed = journal.state.isSettled;
    // Releases the job before recording `fetched`. A fetched part no longer checks its job, so a crash in between would
    // leave the job behind.
    const { job } = journal.state;
    if (job !== null) await journal.append({ kind: "released", job });
    await journal.append({ kind: "fetched", open: deduplicator.open, isConfirmed });
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
  // A refused first page can mean a lost job or a bad request. The state of the job shows which.
  return (
    (await source.jobs?.settle(job, signal).then(
      () => null,
      (lost: unknown) => lossOf(lost, { hasCursor: false, isInherited }),
    )) ?? null
  );
}
