import type { Dataset } from "../analytics/dataset.ts";
import type { ApiRequest } from "../platform/api.ts";
import { ApiError } from "../platform/api-error.ts";
import { PageReader, type PageReaderOptions, type ReadPage } from "./page-reader.ts";
import type { Part } from "./part.ts";
import type { PartJournal } from "./part-journal.ts";
import { breakLines } from "./record-lines.ts";
import { JobLost, type Source } from "./source.ts";
import { Spool, SpoolLost } from "./spool.ts";
import { Tally } from "./tally.ts";

export interface FetchOptions extends Omit<PageReaderOptions, "itemsKey" | "pageSizes"> {
  readonly dataset: Dataset;
  readonly part: Part;
  readonly source: Source;
  readonly journal: PartJournal;
  readonly spoolPath: string;
  /** Told after each page that is safe. */
  readonly onPage: (page: { readonly records: number; readonly bytes: number }) => void;
}

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
  const tally = new Tally(dataset, part);
  const committedBytes = journal.state.page?.bytes ?? 0;
  const spool = await Spool.open(spoolPath, committedBytes, (...line) => tally.recall(...line));
  try {
    const isRead = journal.state.page !== null && journal.state.page.next === null;
    if (!isRead) await readPages(options, tally, spool, await findJob(options));
  } catch (error) {
    await spool.close().catch(() => undefined);
    throw error;
  }
  const sha256 = await spool.close();
  const isConfirmed = journal.state.page?.isSettled ?? true;
  // Released first: a part that is fetched asks for no job again, and would leave this one behind after a crash.
  const { job } = journal.state;
  if (job !== null) await journal.append({ kind: "released", job });
  await journal.append({ kind: "fetched", sha256, open: tally.open, isConfirmed });
  await removeReleasedJobs(options);
}

/** The job of the part, ready to be read; null where there are no jobs. */
async function findJob({ source, journal, part, reach, signal }: FetchOptions): Promise<string | null> {
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

async function readPages(
  options: FetchOptions,
  tally: Tally,
  spool: Spool,
  job: string | null,
): Promise<void> {
  const { source, part, journal, onPage } = options;
  const reader = new PageReader({ ...options, itemsKey: source.itemsKey, pageSizes: source.pageSizes });
  let committing: Promise<void> = Promise.resolve();
  const sink = {
    onRecords: (bytes: Uint8Array, start: number, ends: Int32Array, count: number) => {
      breakLines(bytes, start, ends, count);
      // Nearly always all of them are kept, and go as one.
      let kept = start;
      let from = start;
      for (let number = 0; number < count; number += 1) {
        const end = ends[number] as number;
        if (!tally.keeps(bytes, from, end)) {
          if (kept < from) spool.append(bytes, kept, from - 1);
          kept = end + 1;
        }
        from = end + 1;
      }
      if (kept < from) spool.append(bytes, kept, from - 1);
    },
    ready: async () => await spool.ready(),
    rollBack: async () => {
      await committing;
      await spool.rollBack();
      tally.rollBack();
    },
  };

  async function commit(
    { correlationId }: ReadPage,
    at: { readonly cursor: string | null; readonly next: string | null; readonly isSettled: boolean },
  ): Promise<void> {
    const counts = tally.takePage();
    const bytes = await spool.commit();
    await journal.append({ kind: "page", ...at, bytes, ...counts, correlationId });
    onPage({ records: counts.records, bytes });
  }

  let cursor = journal.state.page?.next ?? null;
  try {
    for (;;) {
      const requestOf = (pageSize: number): ApiRequest => source.requestPage(part, job, cursor, pageSize);
      const page = await reader.read(requestOf, sink);
      await committing;
      const seen = { ...page, wasRepeating: tally.isRepeating };
      const next = source.nextCursor(part, cursor, seen);
      const isSettled = next !== null || source.isSettled(part, cursor, seen);
      if (next !== null && next === cursor)
        throw new JobLost("unknown", "the service names the same page again");
      committing = commit(page, { cursor, next, isSettled });
      // Looked at below; until then nobody shall call it unhandled.
      committing.catch(() => undefined);
      if (next === null) break;
      cursor = next;
    }
  } finally {
    await committing;
  }
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
