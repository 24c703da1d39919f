import { createNameCache } from "../../../analytics/name-cache.ts";
import type { PagingNote } from "../../../analytics/paging/read-pages.ts";
import type { Clock } from "../../../core/clock.ts";
import type { Api } from "../../../platform/api/api.ts";
import type { QueryPlan } from "./plan.ts";

export interface QueryDependencies {
  readonly api: Api;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Listener for the number of records so far. */
  readonly onProgress: (text: string) => void;
  /** Listener that is called when a lost job is submitted again. */
  readonly onLoss: (text: string) => Promise<void>;
}

/** The result of a query besides the records. */
export interface QueryOutcome {
  readonly count: number;
  readonly total: number | null;
  /** Whether these are all records; null when unknown. */
  readonly isComplete: boolean | null;
  /** Whether the answer was one record instead of a list. */
  readonly isSingle: boolean;
  readonly notes: readonly PagingNote[];
}

/**
 * Reads records page by page until there are no more or the limit is reached, and passes on each page as it
 * arrives, with names on request. Requests the next page only after the last one was taken.
 * @throws ApiError, NetworkError, UnavailableError
 */
export async function runQuery(
  { api, clock, signal, onProgress, onLoss }: QueryDependencies,
  plan: QueryPlan,
  showsNames: boolean,
  take: (records: readonly unknown[]) => Promise<void>,
): Promise<QueryOutcome> {
  const notes: PagingNote[] = [];
  const names = showsNames ? createNameCache(api, (text) => notes.push({ text, hint: null })) : null;
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
    onProgress(
      state.total === null ? `${state.count} read` : `reading: ${state.count} of about ${state.total}`,
    );
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
