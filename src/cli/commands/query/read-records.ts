import { openNameBook } from "../../../analytics/name-book.ts";
import type { PagingNote } from "../../../analytics/paging/read-pages.ts";
import type { Clock } from "../../../core/clock.ts";
import type { Api } from "../../../platform/api.ts";
import type { QueryPlan } from "./plan.ts";

export interface QueryDependencies {
  readonly api: Api;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told how many records have come. */
  readonly onProgress: (text: string) => void;
  /** Called when a lost job is submitted again. */
  readonly onLoss: (text: string) => Promise<void>;
}

/** What came, beside the records themselves. */
export interface QueryOutcome {
  readonly count: number;
  readonly total: number | null;
  /** Null when it is not known. */
  readonly isComplete: boolean | null;
  /** The answer was one record and no list. */
  readonly isSingle: boolean;
  readonly notes: readonly PagingNote[];
}

/**
 * Reads records, page by page, until there are no more or as many as are wanted, and hands over each page's as they come:
 * with names, when they are asked for. The next page is asked for only after the last one was taken.
 * @throws ApiError, NetworkError, UnavailableError
 */
export async function runQuery(
  { api, clock, signal, onProgress, onLoss }: QueryDependencies,
  plan: QueryPlan,
  showsNames: boolean,
  take: (records: readonly unknown[]) => Promise<void>,
): Promise<QueryOutcome> {
  const notes: PagingNote[] = [];
  const names = showsNames ? openNameBook(api, (text) => notes.push({ text, hint: null })) : null;
  let isCutShort = false;
  const onNote = (note: PagingNote) => {
    isCutShort = true;
    notes.push(note);
  };
  const state = { count: 0, total: null as number | null, isSingle: false, isLimited: false };
  for await (const page of plan.readPages(api, { clock, signal, onNote, onLoss })) {
    const room = plan.limit - state.count;
    const records = page.records.slice(0, room);
    state.count += records.length;
    state.total = page.total ?? state.total;
    state.isSingle = page.records.length === 1 && page.records[0] === page.body;
    await take(names === null ? records : await names.addNames(records));
    onProgress(state.total === null ? `${state.count} read` : `${state.count} of about ${state.total} read`);
    if (page.records.length > room) state.isLimited = true;
    if (state.count >= plan.limit) return { ...outcome(), isComplete: state.isLimited ? false : isAll() };
  }
  return { ...outcome(), total: isCutShort ? state.total : state.count, isComplete: !isCutShort };

  function outcome() {
    return { count: state.count, total: state.total, isSingle: state.isSingle, notes };
  }
  function isAll(): boolean | null {
    return state.total === null ? null : state.count >= state.total;
  }
}
