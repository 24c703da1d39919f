import type { ListingPaging } from "../../analytics/datasets/dataset-access.ts";
import { asNumber, asString } from "../../core/json.ts";
import { BrokenPage, type PageEnvelope } from "../page/page-scanner.ts";
import { scanCursorOf, unreadableLink } from "./listing-link.ts";
import type { ListingPosition } from "./listing-position.ts";
import type { SeenPage } from "./source.ts";

/** Number of consecutive empty pages after which a listing ends, even if it reports more entries. */
const MOST_EMPTY_PAGES = 3;
/**
 * Number of consecutive pages without a new entry, in the first pass, after which the service evidently ignores page
 * numbers.
 */
const MOST_REPEATED_PAGES = 20;

/**
 * Returns whether this is the last page. An empty page is the last one, even if it links to a next page, because some
 * listings never stop linking. Only a page count that includes later pages overrides this. Without any count, a full
 * page may be followed by another one.
 */
export function isLast(paging: ListingPaging, envelope: PageEnvelope, place: ListingPosition): boolean {
  const { fields, records } = envelope;
  const { page, pageSize, received, namesNext } = place;
  const pageCount = asNumber(fields["pageCount"]);
  if (isNumbered(paging)) {
    if (emptyPagesWith(place, envelope) === MOST_EMPTY_PAGES) return true;
    // A page count below the current page number is wrong, so it is ignored.
    if (pageCount !== null && (pageCount >= page || records === 0)) return page >= pageCount;
    if (records === 0) return true;
    if (asString(fields["nextUri"]) !== null) return false;
    const total = asNumber(fields["total"]);
    if (total !== null && total >= received + records) return total === received + records;
    return namesNext || records < pageSize;
  }
  if (records === 0) return true;
  if (paging === "scan") return scanCursorOf(fields) === null;
  if (pageCount !== null && pageCount >= page) return page >= pageCount;
  return asString(fields["nextUri"]) === null;
}

/** Returns whether entries have shifted in this pass, including this page. */
export function movesWith(place: ListingPosition, { envelope, wasRepeating }: SeenPage): boolean {
  const { records } = envelope;
  const total = asNumber(envelope.fields["total"]);
  // A service that ignores the parameter of a later query sends the first query's entries again.
  const isRepeated = place.series === 0 && place.pass === 1 && wasRepeating;
  const hasChanged = place.page > 1 && total !== place.total;
  // A page after the first is empty although entries are missing.
  const isShort = records === 0 && place.page > 1 && place.received < (total ?? 0);
  return place.hasMoved || isRepeated || hasChanged || isShort;
}

/** Checks a page. @throws BrokenPage when its counts or links contradict its entries, so that some would be lost */
export function assertPlausible(
  paging: ListingPaging,
  { fields, records, lacksList }: PageEnvelope,
  { page, pageSize, received }: ListingPosition,
): void {
  if (lacksList === true && asNumber(fields["total"]) !== 0) {
    throw new BrokenPage("the page of a listing has no list of entries");
  }
  const { nextUri = null } = fields;
  if (nextUri !== null && typeof nextUri !== "string") throw unreadableLink();
  const total = asNumber(fields["total"]) ?? 0;
  if (page === 1 && records === 0 && total > 0) {
    throw new BrokenPage(`the listing reports ${total} entries but its first page is empty`);
  }
  const pageCount = asNumber(fields["pageCount"]);
  if (paging === "scan" || paging === "one-answer" || pageCount === null || pageCount < page) return;
  if (page >= pageCount && received + records < total && pageCount * pageSize < total) {
    throw new BrokenPage(`the listing reports ${total} entries in only ${pageCount} pages of ${pageSize}`);
  }
}

/**
 * Counts the consecutive pages without entries, and those without new entries, up to and including this one.
 * @throws BrokenPage
 */
export function idlePagesWith(
  place: ListingPosition,
  { envelope, bringsNothing }: SeenPage,
): Pick<ListingPosition, "emptyPages" | "repeatedPages"> {
  const isFirstPass = place.series === 0 && place.pass === 1;
  const repeatedPages = isFirstPass && bringsNothing === true ? place.repeatedPages + 1 : 0;
  if (repeatedPages === MOST_REPEATED_PAGES) {
    throw new BrokenPage("the listing sends the same entries on every page");
  }
  return { emptyPages: emptyPagesWith(place, envelope), repeatedPages };
}

function emptyPagesWith({ emptyPages }: ListingPosition, { records }: Pick<PageEnvelope, "records">): number {
  return records === 0 ? emptyPages + 1 : 0;
}

/** Returns whether pages are requested by number. */
export function isNumbered(paging: ListingPaging): boolean {
  return paging === "page-number" || paging === "body";
}
