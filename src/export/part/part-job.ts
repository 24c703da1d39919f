import type { FetchOptions } from "./fetch-options.ts";
import type { Part } from "./part.ts";

/** Returns the job of a piece of the part once its results are ready; null when the source has no jobs. */
export async function findJob(options: FetchOptions, piece: Part): Promise<string | null> {
  const { source, journal, host, signal } = options;
  if (source.jobs === null) return null;
  // After a crash, the recorded job may belong to a piece whose last page is already committed.
  const { jobPiece, finishedPieces } = journal.state;
  if (jobPiece !== null && jobPiece !== finishedPieces) await releaseJob(options);
  let { job } = journal.state;
  if (job === null) {
    job = await source.jobs.submit(piece, signal);
    // Records the job before the first poll, because a job whose id is lost can be neither read nor deleted.
    await journal.append({ kind: "submitted", job });
  }
  await source.jobs.settle(job, signal);
  host.hasAnswered = true;
  return job;
}

/** Releases and deletes the part's job. After a failure, a later run deletes it. */
export async function releaseJob(
  options: Pick<FetchOptions, "source" | "journal" | "signal">,
): Promise<void> {
  const { job } = options.journal.state;
  if (job !== null) await options.journal.append({ kind: "released", job });
  await removeReleasedJobs(options);
}

/** Deletes the jobs that the journal lists as released. */
export async function removeReleasedJobs({
  source,
  journal,
  signal,
}: Pick<FetchOptions, "source" | "journal" | "signal">): Promise<void> {
  for (const job of journal.state.releasedJobs) {
    try {
      await source.jobs?.remove(job, signal);
    } catch {
      // The next run tries again, and the job eventually expires anyway.
      return;
    }
    await journal.append({ kind: "deleted", job });
  }
}
