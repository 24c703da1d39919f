import type { ListingAccess, ListingPaging } from "../../analytics/datasets/dataset-access.ts";
import { asNumber, asString } from "../../core/json.ts";
import { assertPlausible, idlePagesWith, isLast, isNumbered, movesWith } from "./listing-end.ts";
import { linkAfter, markAfter } from "./listing-link.ts";
import { firstPage, type ListingPosition, readPlace } from "./listing-position.ts";
import type { Source } from "./source.ts";

const FRAMES: Readonly<Record<NonNullable<ListingAccess["shape"]>, (itemsKey: string) => Source["frame"]>> = {
  page: () => null,
  list: (itemsKey) => [`{${JSON.stringify(itemsKey)}:`, "}"],
  record: (itemsKey) => [`{${JSON.stringify(itemsKey)}:[`, "]}"],
};
const MOST_PASSES = 3;
const SMALLEST_PAGE = 25;

/**
 * Returns the source for a listing. If the listing's size changes while it is read, or if an entry is repeated, another
 * entry may have been missed. The listing is then read again, up to three times in total, and new entries are added.
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
    // The page size stays the same for the whole listing when pages are numbered, because a different one would shift
    // the pages.
    pageSizes: { largest: largestPage, smallest: SMALLEST_PAGE },
    jobs: null,
    // A page number is meaningless in a later process, because the listing may have changed.
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
      assertPlausible(paging, envelope, place);
      const total = asNumber(envelope.fields["total"]);
      const hasMoved = movesWith(place, page);
      const known = place.page === 1 ? total : place.total;
      if (paging !== "one-answer" && !isLast(paging, envelope, place)) {
        const link = isNumbered(paging) ? {} : linkAfter(envelope.fields, place.page);
        const namesNext = place.namesNext || asString(envelope.fields["nextUri"]) !== null;
        return JSON.stringify({
          ...place,
          page: place.page + 1,
          namesNext,
          link,
          mark: isNumbered(paging) ? null : markAfter(place, link),
          received: place.received + envelope.records,
          ...idlePagesWith(place, page),
          total: known,
          hasMoved,
        });
      }
      const isDone = !hasMoved || place.pass === MOST_PASSES;
      const series = isDone ? place.series + 1 : place.series;
      if (series === queries.length) return null;
      const pass = isDone ? 1 : place.pass + 1;
      const hasShifted = place.hasShifted || (isDone && hasMoved);
      return JSON.stringify({ ...firstPage(place.pageSize), series, hasShifted, pass });
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
  // A page that follows a cursor may have any size.
  if (paging === "scan") return { ...link, limit: wantedSize };
  return paging === "cursor" ? { ...link, pageSize: wantedSize } : link;
}
