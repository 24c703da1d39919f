import { asNumber, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import { BrokenPage } from "../page/page-scanner.ts";
import type { ListingPosition } from "./listing-position.ts";

const ANY_HOST = "https://api.invalid";

/**
 * Returns the parameters of the next page, taken from `nextUri`. The host and path of the link are ignored. If a page
 * reports that more pages follow but has no link, the page number is increased.
 * @throws BrokenPage for a link that is not a URL
 */
export function linkAfter(fields: JsonRecord, page: number): Readonly<Record<string, string>> {
  const { nextUri, pageSize } = fields;
  const cursor = scanCursorOf(fields);
  if (cursor !== null) return { cursor };
  const uri = asString(nextUri);
  if (uri !== null) {
    if (!URL.canParse(uri, ANY_HOST)) throw unreadableLink();
    return Object.fromEntries(new URL(uri, ANY_HOST).searchParams);
  }
  const size = asNumber(pageSize);
  return { ...(size === null ? {} : { pageSize: String(size) }), pageNumber: String(page + 1) };
}

/** Returns the cursor for the next page of a scan; null on the last page and in other listings. @throws BrokenPage */
export function scanCursorOf({ cursors }: JsonRecord): string | null {
  const { after = null } = asRecord(cursors);
  if (after !== null && typeof after !== "string") throw unreadableLink();
  return asString(after);
}

/**
 * Returns the mark for the next page: the parameters of an earlier page, to detect a cycle. Moving the mark at each
 * power of two finds a cycle of any length (Brent's algorithm).
 * @throws BrokenPage when the pages form a cycle
 */
export function markAfter({ page, mark }: ListingPosition, link: ListingPosition["link"]): string | null {
  const next = JSON.stringify(link);
  if (next === mark) throw new BrokenPage("the listing links back to an earlier page");
  return Number.isInteger(Math.log2(page)) ? next : mark;
}

/** Returns the error for a link that cannot be read, because treating it as the end would lose the remaining pages. */
export function unreadableLink(): BrokenPage {
  return new BrokenPage("the URL of the next page cannot be read");
}
