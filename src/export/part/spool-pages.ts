import { JobLost } from "../../analytics/jobs/job-lost.ts";
import type { ApiRequest } from "../../platform/api/api.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import { NOTHING_COMMITTED, Spool } from "../files/spool.ts";
import type { Deduplicator } from "../page/deduplicator.ts";
import { PageReader, type PageReaderOptions, type PageStats } from "../page/page-reader.ts";
import type { RecordsTaker } from "../page/page-scanner.ts";
import { breakLines, takeKept } from "../page/record-lines.ts";
import { withPrefix } from "../page/record-prefix.ts";
import { withholdFields } from "../page/withhold-fields.ts";
import type { FetchOptions } from "./fetch-options.ts";
import { findJob } from "./part-job.ts";
import { morePieces, piecesOf } from "./pieces.ts";
import { readParents } from "./read-parents.ts";

/**
 * Maximum number of consecutive empty pages in a job's results. No real job sends that many, so the pages would never
 * end.
 */
const MOST_EMPTY_PAGES = 100;

/**
 * Reads the pages of a part into its spool, starting from the last checkpoint in the journal, and adds their
 * records to the deduplicator.
 * @throws JobLost, SpoolLost, BrokenPage, and any error that stops the whole export
 */
export async function spoolPages(options: FetchOptions, deduplicator: Deduplicator): Promise<void> {
  const { journal, source, spoolPath } = options;
  // If a page can't get smaller, a page for a shorter interval may succeed, provided that the part can be divided.
  const isDivisible = source.pageSizes.largest === 1 && morePieces(options) !== null;
  const mostTimeouts = isDivisible ? 1 : Number.POSITIVE_INFINITY;
  const { page, records } = journal.state;
  const committed =
    page === null ? NOTHING_COMMITTED : { bytes: page.bytes, records, crc32: page.crc32 ?? null };
  const spool = await Spool.open(spoolPath, committed, options.guard, (...line) =>
    deduplicator.recall(...line),
  );
  try {
    for (const part of piecesOf(options).slice(journal.state.finishedPieces)) {
      const job = await findJob(options, part);
      await readParents({ ...options, part });
      await readPages({ ...options, part, mostTimeouts }, deduplicator, spool, job);
    }
  } catch (error) {
    await spool.close().catch(() => undefined);
    throw error;
  }
  await spool.close();
}

async function readPages(
  options: FetchOptions & Pick<PageReaderOptions, "mostTimeouts">,
  deduplicator: Deduplicator,
  spool: Spool,
  job: string | null,
): Promise<void> {
  const { dataset, source, part, journal, onPage } = options;
  const reader = new PageReader({ ...options, ...source });
  let committing: Promise<void> = Promise.resolve();
  let prefix = "";
  let emptyPages = 0;
  const sink = {
    onRecords: (...records: Parameters<RecordsTaker>) => {
      const [bytes, start, ends, count] = prefix === "" ? records : withPrefix(prefix, ...records);
      withholdFrom(dataset, bytes, start, ends.subarray(0, count));
      deduplicator.inspect(bytes, start, ends[0] as number);
      breakLines(bytes, start, ends, count);
      takeKept(
        start,
        ends,
        count,
        (from, to) => deduplicator.keeps(bytes, from, to),
        (from, to) => spool.append(bytes, from, to),
      );
    },
    ready: async () => await spool.ready(),
    rollBack: async () => {
      await committing;
      await spool.rollBack();
      deduplicator.rollBack();
    },
  };

  async function commit(
    { correlationId }: Pick<PageStats, "correlationId">,
    at: { readonly cursor: string | null; readonly next: string | null; readonly isSettled: boolean },
  ): Promise<void> {
    const counts = deduplicator.takePage();
    const { bytes, crc32 } = await spool.commit();
    await journal.append({ kind: "page", ...at, bytes, crc32, ...counts, correlationId });
    onPage({ records: counts.records, bytes });
  }

  /** Reads a page. If its object was deleted after the objects were listed, the page counts as empty. */
  async function readUnlessGone(
    at: string | null,
    requestOf: (pageSize: number) => ApiRequest,
  ): Promise<{ readonly page: PageStats; readonly isGone: boolean }> {
    try {
      return { page: await reader.read(requestOf, sink), isGone: false };
    } catch (error) {
      const isMissing = error instanceof ApiError && error.status === 404;
      if (!isMissing || source.parents?.mayBeGone(at) !== true) throw error;
      const { correlationId } = error;
      const envelope = { fields: {}, records: 0 };
      return { page: { envelope, correlationId, pageSize: source.pageSizes.largest }, isGone: true };
    }
  }

  let cursor = journal.state.page?.next ?? null;
  try {
    if (source.parents?.any() === false) {
      await commit({ correlationId: null }, { cursor, next: null, isSettled: true });
      return;
    }
    for (;;) {
      const requestOf = (pageSize: number): ApiRequest => source.requestPage(part, job, cursor, pageSize);
      prefix = source.parents?.prefixAt(cursor) ?? "";
      const { page, isGone } = await readUnlessGone(cursor, requestOf);
      await committing;
      // A record can span two adjacent pieces, so repeated records are expected when there are several pieces.
      const wasRepeating = deduplicator.repeated > 0 && journal.state.pieces === 1;
      const bringsNothing = page.envelope.records > 0 && deduplicator.repeated === page.envelope.records;
      const seen = { ...page, wasRepeating, bringsNothing, isGone };
      const next = source.nextCursor(part, cursor, seen);
      const isSettled = next !== null || source.isSettled(part, cursor, seen);
      if (next !== null && next === cursor) {
        throw new JobLost("unknown", "the server returned the same cursor again");
      }
      emptyPages = job !== null && page.envelope.records === 0 ? emptyPages + 1 : 0;
      if (next !== null && emptyPages >= MOST_EMPTY_PAGES) {
        throw new JobLost("unknown", `the server returned ${MOST_EMPTY_PAGES} empty pages in a row`);
      }
      committing = commit(page, { cursor, next, isSettled });
      // Awaited below; this handler prevents an unhandled-rejection warning.
      committing.catch(() => undefined);
      if (next === null) break;
      cursor = next;
    }
  } finally {
    await committing;
  }
}

/** Removes the withheld fields from records that are separated by one byte. */
function withholdFrom(
  { withheld }: FetchOptions["dataset"],
  bytes: Uint8Array,
  start: number,
  ends: Int32Array,
): void {
  if (withheld.length === 0) return;
  let from = start;
  for (const end of ends) {
    withholdFields(bytes, from, end, withheld);
    from = end + 1;
  }
}
