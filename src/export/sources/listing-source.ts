import type { ListingAccess, ListingPaging } from "../../analytics/datasets/dataset-access.ts";
import type { JsonRecord } from "../../core/json.ts";
import { asNumber, asRecord, asString } from "../../core/json.ts";
import type { PageEnvelope } from "../page/page-scanner.ts";
import type { SeenPage, Source } from "./source.ts";

/**
 * Position in a listing. Most pages are numbered, so an entry added or removed in the meantime shifts the rest.
 */
interface ListingPosition {
  /** Index of the current query among those of the listing, from 0. */
  readonly series: number;
  readonly page: number;
  readonly pageSize: number;
  /** Whether an earlier page of this pass named the next one. If so, the last page is the one that does not. */
  readonly namesNext: boolean;
  /** Parameters of the page after a cursor; empty for the first page and for numbered pages. */
  readonly link: Readonly<Record<string, string>>;
  /** Whether an earlier query shifted in every pass. */
  readonly hasShifted: boolean;
  /** Number of the current pass over the listing, from 1. */
  readonly pass: number;
  /** Total number of entries according to the first page of this pass. */
  readonly total: number | null;
  /** Whether entries shifted during this pass. */
  readonly hasMoved: boolean;
}

const FRAMES: Readonly<Record<NonNullable<ListingAccess["shape"]>, (itemsKey: string) => Source["frame"]>> = {
  page: () => null,
  list: (itemsKey) => [`{${JSON.stringify(itemsKey)}:`, "}"],
  record: (itemsKey) => [`{${JSON.stringify(itemsKey)}:[`, "]}"],
};
const MOST_PASSES = 3;
const SMALLEST_PAGE = 25;

/**
 * Returns the pages of a listing. If its size changes while it is read, or an entry is repeated, another entry
 * may have been missed. The listing is then read again, up to three times in total, and new entries are added.
 */
export function listingSource({
  path,
  queries,
  itemsKey,
  largestPage,
  paging,
  shape = "page",
}: Omit<ListingAccess, "kind">): Source {
  return {
    itemsKey,
    parents: null,
    frame: FRAMES[shape](itemsKey),
    // Fixed for the whole listing when pages are numbered, because a different page size would shift the pages.
    pageSizes: { largest: largestPage, smallest: SMALLEST_PAGE },
    jobs: null,
    // Page numbers are meaningless once the listing may have changed.
    isResumable: false,
    divide: () => null,
    requestPage: (_part, _job, cursor, pageSize) => {
      const place = readPlace(cursor, pageSize);
      const fields = { ...queries[place.series], ...parametersOf(paging, place, pageSize) };
      return paging === "body"
        ? { method: "POST", path, body: fields }
        : { method: "GET", path, query: fields };
    },
    nextCursor: (_part, cursor, page) => {
      const { envelope, pageSize } = page;
      const place = readPlace(cursor, pageSize);
      const total = asNumber(envelope.fields["total"]);
      const hasMoved = movesWith(place, page);
      const known = place.page === 1 ? total : place.total;
      if (paging !== "one-answer" && !isLast(paging, envelope, place)) {
        const link = isNumbered(paging) ? {} : linkAfter(envelope.fields, place.page);
        const namesNext = place.namesNext || asString(envelope.fields["nextUri"]) !== null;
        return JSON.stringify({ ...place, page: place.page + 1, namesNext, link, total: known, hasMoved });
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
        namesNext: false,
        link: {},
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

function parametersOf(
  paging: ListingPaging,
  { page, pageSize, link }: ListingPosition,
  wantedSize: number,
): Readonly<Record<string, string | number>> {
  if (isNumbered(paging)) return { pageSize, pageNumber: page };
  // Pages after a cursor may have any size.
  if (paging === "scan") return { ...link, limit: wantedSize };
  return paging === "cursor" ? { ...link, pageSize: wantedSize } : link;
}

/**
 * Returns the parameters of the next page: those of `nextUri`, whose host and path are ignored. If a page
 * reports further pages without a link, the page number is increased.
 */
function linkAfter(fields: JsonRecord, page: number): Readonly<Record<string, string>> {
  const { nextUri, pageSize } = fields;
  const cursor = scanCursorOf(fields);
  if (cursor !== null) return { cursor };
  const uri = asString(nextUri);
  if (uri !== null) return Object.fromEntries(new URL(uri, "https://api.invalid").searchParams);
  const size = asNumber(pageSize);
  return { ...(size === null ? {} : { pageSize: String(size) }), pageNumber: String(page + 1) };
}

/** Returns the cursor of the next page of a scan; null on the last page and in other listings. */
function scanCursorOf({ cursors }: JsonRecord): string | null {
  return asString(asRecord(cursors)["after"]);
}

/** Returns whether entries have shifted in this pass, this page included. */
function movesWith(place: ListingPosition, { envelope, wasRepeating }: SeenPage): boolean {
  const total = asNumber(envelope.fields["total"]);
  // A service that ignores the parameter of a further query sends the entries of the first one again.
  const isRepeated = place.series === 0 && place.pass === 1 && wasRepeating;
  return place.hasMoved || isRepeated || (place.page > 1 && total !== place.total);
}

/**
 * Returns whether this is the last page. An empty page always is, even if it links to a next one, because some
 * listings never stop doing so. A full page of a listing without any count may be followed by another one.
 */
function isLast(
  paging: ListingPaging,
  { fields, records }: PageEnvelope,
  { page, pageSize, namesNext }: ListingPosition,
): boolean {
  if (records === 0) return true;
  if (paging === "scan") return scanCursorOf(fields) === null;
  const pageCount = asNumber(fields["pageCount"]);
  if (pageCount !== null) return page >= pageCount;
  if (asString(fields["nextUri"]) !== null) return false;
  const isCounted = namesNext || asNumber(fields["total"]) !== null;
  return !isNumbered(paging) || isCounted || records < pageSize;
}

function isNumbered(paging: ListingPaging): boolean {
  return paging === "page-number" || paging === "body";
}

function readPlace(cursor: string | null, pageSize: number): ListingPosition {
  if (cursor !== null) return JSON.parse(cursor) as JsonRecord & ListingPosition;
  return {
    series: 0,
    hasShifted: false,
    page: 1,
    pageSize,
    namesNext: false,
    link: {},
    pass: 1,
    total: null,
    hasMoved: false,
  };
}
