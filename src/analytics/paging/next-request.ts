import { asNumber, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { PagingStyle } from "../named-query.ts";
import type { Page } from "./page.ts";
import { type PageRequest, withLink, withQuery } from "./page-request.ts";

/** Returns the request for the next page; null at the end. */
type NextRequest = (request: PageRequest, page: Page, earlier: Page | null) => PageRequest | null;

/** Next request of each paging style. */
export const NEXT_REQUEST: Readonly<Record<Exclude<PagingStyle, "job">, NextRequest>> = {
  unpaged: () => null,
  "page-number": nextPageNumber,
  "next-uri": (request, { body }) => nextLink(request, body),
  cursor: nextCursor,
  "cursors-after": nextAfter,
  body: nextInBody,
  "start-index": nextIndex,
};

/** Detects the paging style of a response from its fields, for operations without a declared style. */
export function detectStyle(request: PageRequest, { body }: Page): Exclude<PagingStyle, "job"> {
  if (asString(asRecord(body["cursors"])["after"]) !== null) return "cursors-after";
  if (asString(body["cursor"]) !== null) return "cursor";
  if (request.method === "POST") return hasPagingBody(request, body) ? "body" : linkStyle(body);
  if (asNumber(body["startIndex"]) !== null && asNumber(body["totalResults"]) !== null) return "start-index";
  const isNumbered = asNumber(body["pageNumber"]) !== null;
  return isNumbered ? "page-number" : linkStyle(body);
}

function linkStyle(body: JsonRecord): "next-uri" | "unpaged" {
  return asString(body["nextUri"]) === null ? "unpaged" : "next-uri";
}

function hasPagingBody(request: PageRequest, body: JsonRecord): boolean {
  const sent = asRecord(request.body);
  return (
    "paging" in sent || "pageNumber" in sent || "totalHits" in body || asNumber(body["pageNumber"]) !== null
  );
}

/**
 * Returns the request for the next numbered page. `pageCount` takes precedence, because some listings have a
 * `nextUri` on every page.
 */
function nextPageNumber(request: PageRequest, { body }: Page): PageRequest | null {
  const pageCount = asNumber(body["pageCount"]);
  const number = asNumber(body["pageNumber"]);
  if (pageCount === null || number === null) return nextLink(request, body);
  return number >= pageCount ? null : withQuery(request, { pageNumber: number + 1 });
}

function nextLink(request: PageRequest, body: JsonRecord): PageRequest | null {
  const link = asString(body["nextUri"]);
  return link === null ? null : withLink(request, link);
}

/** Returns the request with the cursor of the response. A response without a cursor was the last page. */
function nextCursor(request: PageRequest, { body }: Page): PageRequest | null {
  const cursor = asString(body["cursor"]);
  if (cursor === null) return null;
  return request.method === "POST"
    ? { ...request, body: { ...asRecord(request.body), cursor } }
    : withQuery(request, { cursor });
}

function nextAfter(request: PageRequest, { body }: Page): PageRequest | null {
  const cursor = asString(asRecord(body["cursors"])["after"]);
  return cursor === null ? null : withQuery(request, { cursor });
}

/**
 * Returns the request for the next page of a query. Its total is an estimate, and pages of user details may be short,
 * so neither marks the end. An empty page is the end once the expected number of records was passed, or after another
 * empty page.
 */
function nextInBody(request: PageRequest, page: Page, earlier: Page | null): PageRequest | null {
  const sent = asRecord(request.body);
  // Analytics queries nest the page number in an object. Searches, and their responses, have it next to their
  // other fields.
  const isNumbered = asNumber(page.body["pageNumber"]) !== null && !("paging" in sent);
  const isNested = !isNumbered && !("pageNumber" in sent || "pageSize" in sent);
  const paging = isNested ? asRecord(sent["paging"]) : sent;
  const pageNumber = asNumber(paging["pageNumber"]) ?? 1;
  const pageSize = asNumber(paging["pageSize"]) ?? asNumber(page.body["pageSize"]) ?? 25;
  const isPassed = page.total === null || pageNumber * pageSize >= page.total;
  const isEmpty = page.records.length === 0;
  if (isEmpty && (isPassed || earlier?.records.length === 0)) return null;
  const { length } = page.records;
  if (pageNumber === 1 && length === page.total && length < pageSize) return null;
  const next = { pageNumber: pageNumber + 1, pageSize };
  return { ...request, body: isNested ? { ...sent, paging: next } : { ...sent, ...next } };
}

/** Returns the request for the page after these records. SCIM counts from 1 (RFC 7644, 3.4.2.4). */
function nextIndex(request: PageRequest, { body, records }: Page): PageRequest | null {
  const startIndex = (asNumber(body["startIndex"]) ?? 1) + records.length;
  const isEnd = records.length === 0 || startIndex > (asNumber(body["totalResults"]) ?? 0);
  return isEnd ? null : withQuery(request, { startIndex });
}
