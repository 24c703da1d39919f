import type { NameCache } from "../../../analytics/name-cache.ts";
import type { PagingNote } from "../../../analytics/paging/read-pages.ts";
import { withhold } from "../../../analytics/withhold.ts";
import type { Clock } from "../../../core/clock.ts";
import { asRecord, asString } from "../../../core/json.ts";
import { grouped } from "../../../core/text.ts";
import type { Api } from "../../../platform/api/api.ts";
import type { QueryPlan } from "./plan.ts";

export interface QueryDependencies {
  readonly api: Api;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called with the number of records so far. */
  readonly onProgress: (text: string) => void;
  /** Called when a lost job is submitted again. */
  readonly onLoss: (text: string) => Promise<void>;
}

/** The outcome of a query, apart from the records. */
export interface QueryOutcome {
  readonly count: number;
  readonly total: number | null;
  /** Whether all records were read; null when unknown. */
  readonly isComplete: boolean | null;
  /** Whether reading ended before the service signaled the end. */
  readonly isCutShort: boolean;
  /** The number of records that began before the interval. */
  readonly earlier: number;
  /** Whether the response was one record instead of a list. */
  readonly isSingle: boolean;
  readonly notes: readonly PagingNote[];
}

/**
 * Reads records page by page until there are no more or the limit is reached, and passes on each page as it arrives,
 * with names added from the cache. Requests the next page only after the last one was consumed.
 * @throws ApiError, NetworkError, UnavailableError
 */
export async function runQuery(
  { api, clock, signal, onProgress, onLoss }: QueryDependencies,
  plan: QueryPlan,
  openNames: (onNote: (text: string) => void) => NameCache | null,
  take: (records: readonly unknown[]) => Promise<void>,
): Promise<QueryOutcome> {
  const notes: PagingNote[] = [];
  const names = openNames((text) => notes.push({ text, hint: null }));
  let isCutShort = false;
  const onNote = (note: PagingNote) => {
    isCutShort = true;
    notes.push(note);
  };
  const state = { count: 0, total: null as number | null, isSingle: false, isLimited: false, earlier: 0 };
  for await (const page of plan.readPages(api, { clock, signal, onNote, onLoss })) {
    const room = plan.limit - state.count;
    const records = page.records.slice(0, room).map((record) => withhold(record, plan.withheld));
    state.count += records.length;
    state.earlier += countEarlier(records, plan.localStartMs);
    state.total = page.total ?? state.total;
    state.isSingle = page.records.length === 1 && page.records[0] === page.body;
    await take(names === null ? records : await names.addNames(records));
    onProgress(
      state.total === null
        ? `reading: ${grouped(state.count)}`
        : `reading: ${grouped(state.count)} of about ${grouped(state.total)}`,
    );
    if (page.records.length > room) state.isLimited = true;
    if (state.count >= plan.limit) return { ...outcome(), isComplete: state.isLimited ? false : isAll() };
  }
  const isWhole = !isCutShort && plan.start === null;
  return { ...outcome(), total: isWhole ? state.count : state.total, isComplete: isWhole };

  function outcome() {
    const { count, total, isSingle, earlier } = state;
    return { count, total, isSingle, earlier, isCutShort, notes };
  }
  function isAll(): boolean | null {
    return state.total === null ? null : state.count >= state.total;
  }
}

function countEarlier(records: readonly unknown[], startMs: number | null): number {
  if (startMs === null) return 0;
  return records.filter((record) => {
    const start = asString(asRecord(record)["conversationStart"]);
    return start !== null && Date.parse(start) < startMs;
  }).length;
}
