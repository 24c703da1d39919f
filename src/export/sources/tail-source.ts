import { formatInterval, type Interval } from "../../analytics/interval.ts";
import { divideInterval, minuteBorders } from "../../analytics/splitting/divide-interval.ts";
import { asNumber, type JsonRecord } from "../../core/json.ts";
import { BrokenPage } from "../page/page-scanner.ts";
import type { Part } from "../part/part.ts";
import type { SeenPage, Source } from "./source.ts";

/** Position in a live query: the window, the page within it, and the remaining windows. */
interface TailPosition {
  readonly window: Interval;
  readonly later: readonly Interval[];
  readonly page: number;
  readonly pageSize: number;
  readonly pass: number;
  readonly total: number | null;
  readonly hasMoved: boolean;
  /** Whether a window's rows still shifted during the last pass over that window. */
  readonly hasGivenUp: boolean;
}

/**
 * Maximum number of results in a window, half of the 100,000 that a query can return. A window with more results is
 * split in two.
 */
const MOST_HITS = 50_000;
const SHORTEST_WINDOW_MS = 60_000;
const MOST_PASSES = 3;
const SMALLEST_PAGE = 10;

/**
 * Returns the source for conversations that the data lake does not have yet. They come from the live index, where rows
 * shift between pages while data arrives. If a window's size changes or a row is repeated, the window is therefore read
 * again, up to three times in total.
 */
export function tailSource(options: {
  readonly path: string;
  readonly itemsKey: string;
  readonly largestPage: number;
  readonly body: JsonRecord;
}): Source {
  return {
    parents: null,
    frame: null,
    itemsKey: options.itemsKey,
    pageSizes: { largest: options.largestPage, smallest: SMALLEST_PAGE },
    jobs: null,
    isResumable: false,
    divide: (interval, count) => divideInterval(interval, count, minuteBorders()),
    requestPage: (part, _job, cursor, pageSize) => {
      const place = readPlace(part, cursor, pageSize);
      return {
        method: "POST",
        path: options.path,
        body: {
          ...options.body,
          order: "asc",
          orderBy: "conversationStart",
          interval: formatInterval(place.window),
          paging: { pageSize: place.pageSize, pageNumber: place.page },
        },
      };
    },
    nextCursor: (part, cursor, page) => {
      const { envelope, pageSize } = page;
      const place = readPlace(part, cursor, pageSize);
      const hits = asNumber(envelope.fields["totalHits"]);
      if (place.page === 1 && hits !== null && hits > MOST_HITS && canBeCut(place.window)) {
        const [first, second] = cut(place.window);
        return write({ ...firstPageOf(first, place), later: [second, ...place.later] });
      }
      if (place.page === 1 && envelope.records === 0 && (hits ?? 0) > 0) {
        throw new BrokenPage(`the query reports ${hits} hits but its first page is empty`);
      }
      const hasMoved = movesWith(part, place, page);
      const isLast = envelope.records === 0 || (hits !== null && place.page * place.pageSize >= hits);
      if (!isLast) {
        return write({
          ...place,
          page: place.page + 1,
          total: place.page === 1 ? hits : place.total,
          hasMoved,
        });
      }
      if (hasMoved && place.pass < MOST_PASSES) {
        return write({ ...firstPageOf(place.window, place), pass: place.pass + 1 });
      }
      const [following, ...later] = place.later;
      if (following === undefined) return null;
      return write({ ...firstPageOf(following, place), later, hasGivenUp: place.hasGivenUp || hasMoved });
    },
    isSettled: (part, cursor, page) => {
      const place = readPlace(part, cursor, page.pageSize);
      return !place.hasGivenUp && !movesWith(part, place, page);
    },
  };
}

function readPlace(part: Part, cursor: string | null, pageSize: number): TailPosition {
  if (cursor !== null) return JSON.parse(cursor) as TailPosition;
  const fresh = { later: [], pageSize, hasGivenUp: false };
  return firstPageOf(part.interval as Interval, fresh);
}

function firstPageOf(
  window: Interval,
  { later, pageSize, hasGivenUp }: Pick<TailPosition, "later" | "pageSize" | "hasGivenUp">,
): TailPosition {
  return { window, later, page: 1, pageSize, pass: 1, total: null, hasMoved: false, hasGivenUp };
}

/** Returns whether rows have shifted in this pass over the window, including this page. */
function movesWith(part: Part, place: TailPosition, { envelope, wasRepeating }: SeenPage): boolean {
  // After a split, duplicates are expected, because rows were read before it and conversations may have begun before
  // the window.
  const isRepeating = wasRepeating && place.pass === 1 && isSame(place.window, part.interval);
  const hits = asNumber(envelope.fields["totalHits"]);
  return place.hasMoved || isRepeating || (place.page > 1 && hits !== place.total);
}

function isSame(window: Interval, other: Interval | null): boolean {
  return window.startMs === other?.startMs && window.endMs === other.endMs;
}

function canBeCut({ startMs, endMs }: Interval): boolean {
  return endMs - startMs >= 2 * SHORTEST_WINDOW_MS;
}

function cut({ startMs, endMs }: Interval): readonly [Interval, Interval] {
  const middleMs = Math.floor((startMs + endMs) / 2);
  return [
    { startMs, endMs: middleMs },
    { startMs: middleMs, endMs },
  ];
}

function write(place: TailPosition): string {
  return JSON.stringify(place);
}
