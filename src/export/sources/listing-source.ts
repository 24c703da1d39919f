import type { JsonRecord } from "../../core/json.ts";
import { asNumber, asString } from "../../core/json.ts";
import type { Envelope } from "../page/page-scanner.ts";
import type { SeenPage, Source } from "./source.ts";

export interface ListingSourceOptions {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly itemsKey: string;
  readonly largestPage: number;
}

/** Where a listing is: pages are numbered, so what is added or removed meanwhile moves the rest. */
interface Place {
  readonly page: number;
  readonly pageSize: number;
  /** Of how many times the listing was read from its start. */
  readonly pass: number;
  /** Entries in all, as the first page of this pass said. */
  readonly total: number | null;
  /** Whether something moved in this pass. */
  readonly hasMoved: boolean;
}

const MOST_PASSES = 3;
const SMALLEST_PAGE = 25;

/**
 * A listing by page number. When its size changes while it is read, or an entry comes twice, another may have
 * slipped through between two pages: it is read again, up to three times, and what is new is added.
 */
export function listingSource({ path, query, itemsKey, largestPage }: ListingSourceOptions): Source {
  return {
    itemsKey,
    // Fixed while it is read: pages of another size would begin elsewhere.
    pageSizes: { largest: largestPage, smallest: SMALLEST_PAGE },
    jobs: null,
    // Numbers mean nothing once the listing may have changed.
    isResumable: false,
    requestPage: (_part, _job, cursor, pageSize) => {
      const place = readPlace(cursor, pageSize);
      return {
        method: "GET",
        path,
        query: { ...query, pageSize: place.pageSize, pageNumber: place.page },
      };
    },
    nextCursor: (_part, cursor, page) => {
      const { envelope, pageSize } = page;
      const place = readPlace(cursor, pageSize);
      const total = asNumber(envelope.fields["total"]);
      const hasMoved = movesWith(place, page);
      const known = place.page === 1 ? total : place.total;
      if (!isLast(envelope, place)) {
        return JSON.stringify({ ...place, page: place.page + 1, total: known, hasMoved });
      }
      if (!hasMoved || place.pass === MOST_PASSES) return null;
      return JSON.stringify({
        page: 1,
        pageSize: place.pageSize,
        pass: place.pass + 1,
        total: null,
        hasMoved: false,
      });
    },
    isSettled: (_part, cursor, page) => !movesWith(readPlace(cursor, page.pageSize), page),
  };
}

/** Whether something has moved in this pass, with what this page tells. */
function movesWith(place: Place, { envelope, wasRepeating }: SeenPage): boolean {
  const total = asNumber(envelope.fields["total"]);
  return place.hasMoved || (place.pass === 1 && wasRepeating) || (place.page > 1 && total !== place.total);
}

/** An empty page ends a listing whatever it says of others to come: some never stop naming a next one. */
function isLast({ fields, records }: Envelope, { page }: Place): boolean {
  if (records === 0) return true;
  const pageCount = asNumber(fields["pageCount"]);
  return pageCount === null ? asString(fields["nextUri"]) === null : page >= pageCount;
}

function readPlace(cursor: string | null, pageSize: number): Place {
  return cursor === null
    ? { page: 1, pageSize, pass: 1, total: null, hasMoved: false }
    : (JSON.parse(cursor) as JsonRecord & Place);
}
