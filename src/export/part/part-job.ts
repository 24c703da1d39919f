import type { FetchOptions } from "./fetch-options.ts";

/** The job of the part, ready to be read; null where there are no jobs. */
export async function findJob({
  source,
  journal,
  part,
  reach,
  signal,
}: FetchOptions): Promise<string | null> {
  if (source.jobs === null) return null;
  let { job } = journal.state;
  if (job === null) {
    job = await source.jobs.submit(part, signal);
    // Before the first question about it: a job whose id is lost can neither be read nor deleted.
    await journal.append({ kind: "submitted", job });
  }
  await source.jobs.settle(job, signal);
  reach.hasAnswered = true;
  return job;
}

/** Deletes the part's job, which nobody needs any more; a failure leaves it for a later run. */
export async function releaseJob(
  options: Pick<FetchOptions, "source" | "journal" | "signal">,
): Promise<void> {
  const { job } = options.journal.state;
  if (job !== null) await options.journal.append({ kind: "released", job });
  await removeReleasedJobs(options);
}

/** Deletes the jobs that the journal says are of no use any more. */
export async function removeReleasedJobs({
  source,
  journal,
  signal,
}: Pick<FetchOptions, "source" | "journal" | "signal">): Promise<void> {
  for (const job of journal.state.releasedJobs) {
    try {
      await source.jobs?.remove(job, signal);
    } catch {
      // It ends by itself when it expires; the next run tries again.
      return;
    }
    await journal.append({ kind: "deleted", job });
  }
}
