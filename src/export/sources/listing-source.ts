import type { JsonRecord } from "../../core/json.ts";
import { asNumber, asString } from "../../core/json.ts";
import type { PageEnvelope } from "../page/page-scanner.ts";
import type { SeenPage, Source } from "./source.ts";

export interface ListingSourceOptions {
  readonly path: string;
  /** Parameters of the requests, one after another, whose answers together are the listing. */
  readonly queries: readonly Readonly<Record<string, string>>[];
  readonly itemsKey: string;
  readonly largestPage: number;
  /** Whether the listing takes `pageNumber` and `pageSize`; otherwise one answer contains everything. */
  readonly isPaged: boolean;
}

/** Position in a listing. Pages are numbered, so an entry added or removed meanwhile shifts the rest. */
interface ListingPosition {
  /** Place of the current query among those of the listing, from 0. */
  readonly series: number;
  readonly page: number;
  readonly pageSize: number;
  /** Whether an earlier query shifted in every pass. */
  readonly hasShifted: boolean;
  /** Number of the current pass over the listing, from 1. */
  readonly pass: number;
  /** Total number of entries according to the first page of this pass. */
  readonly total: number | null;
  /** Whether entries shifted during this pass. */
  readonly hasMoved: boolean;
}

const MOST_PASSES = 3;
const SMALLEST_PAGE = 25;

/**
 * Returns the pages of a listing by page number. If its size changes while it is read, or an entry is
 * repeated, another entry may have been missed. The listing is then read again, up to three times in all, and
 * new entries are added.
 */
export function listingSource({
  path,
  queries,
  itemsKey,
  largestPage,
  isPaged,
}: ListingSourceOptions): Source {
  return {
    itemsKey,
    // Fixed for the whole listing: a different page size would shift the pages.
    pageSizes: { largest: largestPage, smallest: SMALLEST_PAGE },
    jobs: null,
    // Page numbers are meaningless once the listing may have changed.
    isResumable: false,
    divide: () => null,
    requestPage: (_part, _job, cursor, pageSize) => {
      const place = readPlace(cursor, pageSize);
      const query = queries[place.series] ?? {};
      return {
        method: "GET",
        path,
        query: isPaged ? { ...query, pageSize: place.pageSize, pageNumber: place.page } : query,
      };
    },
    nextCursor: (_part, cursor, page) => {
      const { envelope, pageSize } = page;
      const place = readPlace(cursor, pageSize);
      const total = asNumber(envelope.fields["total"]);
      const hasMoved = movesWith(place, page);
      const known = place.page === 1 ? total : place.total;
      if (isPaged && !isLast(envelope, place)) {
        return JSON.stringify({ ...place, page: place.page + 1, total: known, hasMoved });
      }
      const isDone = !hasMoved || place.pass === MOST_PASSES;
      const series = isDone ? place.series + 1 : place.series;
      if (series === queries.length) return null;
      const pass = isDone ? 1 : place.pass + 1;
      const hasShifted = place.hasShifted || (isDone && hasMoved);
      return JSON.stringify({
        series,
        hasShifted,
        page: 1,
        pageSize: place.pageSize,
        pass,
        total: null,
        hasMoved: false,
      });
    },
    isSettled: (_part, cursor, page) => {
      const place = readPlace(cursor, page.pageSize);
      return !place.hasShifted && !movesWith(place, page);
    },
  };
}

/** Returns whether entries have shifted in this pass, this page included. */
function movesWith(place: ListingPosition, { envelope, wasRepeating }: SeenPage): boolean {
  const total = asNumber(envelope.fields["total"]);
  // A service that ignores the parameter of a further query sends the entries of the first one again.
  const isRepeated = place.series === 0 && place.pass === 1 && wasRepeating;
  return place.hasMoved || isRepeated || (place.page > 1 && total !== place.total);
}

/**
 * Returns whether this is the last page. An empty page always is, even if it names a next one: some listings
 * never stop doing so.
 */
function isLast({ fields, records }: PageEnvelope, { page }: ListingPosition): boolean {
  if (records === 0) return true;
  const pageCount = asNumber(fields["pageCount"]);
  return pageCount === null ? asString(fields["nextUri"]) === null : page >= pageCount;
}

function readPlace(cursor: string | null, pageSize: number): ListingPosition {
  return cursor === null
    ? { series: 0, hasShifted: false, page: 1, pageSize, pass: 1, total: null, hasMoved: false }
    : (JSON.parse(cursor) as JsonRecord & ListingPosition);
}
