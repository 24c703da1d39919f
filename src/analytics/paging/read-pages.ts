import { createHash } from "node:crypto";
import { asNumber } from "../../core/json.ts";
import type { Api } from "../../platform/api/api.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import type { PagingStyle } from "../named-query.ts";
import { detectStyle, NEXT_REQUEST } from "./next-request.ts";
import type { Page } from "./page.ts";
import { type PageRequest, withQuery } from "./page-request.ts";
import { type ReadPage, readPage } from "./read-page.ts";

/** Settings for reading pages. */
export interface PagingOptions {
  /** Paging style; null to detect it from the first response. */
  readonly style: Exclude<PagingStyle, "job"> | null;
  /** Field with the records; null when the response is the record, undefined when the field is not known. */
  readonly resultKey?: string | null | undefined;
  /** Page size for a listing with several pages whose request specifies none. */
  readonly listingPageSize?: number | undefined;
  /** Receives the reason when reading ends before the service signals the end. */
  readonly onNote: (note: PagingNote) => void;
}

/** A note for the user about the pages. */
export interface PagingNote {
  readonly text: string;
  readonly hint: string | null;
}

/** Number of consecutive empty pages that end a listing, because some listings never end. */
const MOST_EMPTY_PAGES = 3;
/** Listing of external contacts. Paging reaches only the first thousand contacts; a scan reaches all of them. */
const CONTACTS_PATH = "/api/v2/externalcontacts/contacts";
const MOST_CONTACTS = 1_000;

/**
 * Yields the pages of a response, one request each, for as long as the caller reads. Ends an endless listing at
 * a repeated page or after empty ones.
 * @throws ApiError for refusals and for bodies that are not JSON; NetworkError, UnavailableError
 */
export async function* readPages(
  api: Api,
  first: PageRequest,
  options: PagingOptions,
): AsyncGenerator<Page, void, void> {
  const end = (text: string, hint: string | null = null) => options.onNote({ text, hint });
  const seen = new Set<string>();
  let style = options.style;
  let request: PageRequest | null = first;
  let earlier: Page | null = null;
  let emptyPages = 0;
  for (let number = 1; request !== null; number += 1) {
    let read: ReadPage = await readPage(api, request, number, options.resultKey);
    style ??= detectStyle(request, read.page);
    if (number === 1 && style === "page-number") read = await readLarger(api, read, options);
    const { page } = read;
    emptyPages = page.records.length === 0 ? emptyPages + 1 : 0;
    if (page.records.length > 0) {
      const print = fingerprint(page.records);
      if (seen.has(print)) return end("the service sent the same page again, so reading stopped there");
      seen.add(print);
    }
    yield page;
    const next: PageRequest | null = NEXT_REQUEST[style](read.request, page, earlier);
    if (next !== null && emptyPages >= MOST_EMPTY_PAGES) {
      return end(`the service sent ${MOST_EMPTY_PAGES} empty pages in a row, so reading stopped there`);
    }
    if (next !== null && isBeyondContacts(next)) {
      return end(
        `this listing returns only the first ${MOST_CONTACTS} contacts`,
        "a scan returns all of them: genscope query --all GET /api/v2/externalcontacts/scan/contacts",
      );
    }
    earlier = page;
    request = next;
  }
}

/**
 * Reads the first page again at `listingPageSize` when that is larger and the listing has more than one page. Keeps the
 * earlier page when the service refuses that size.
 */
async function readLarger(api: Api, read: ReadPage, options: PagingOptions): Promise<ReadPage> {
  const { listingPageSize: pageSize, resultKey } = options;
  const { page, request } = read;
  const isWhole = NEXT_REQUEST["page-number"](request, page, null) === null;
  const isGiven = request.query?.["pageSize"] !== undefined || request.query?.["pageNumber"] !== undefined;
  if (
    pageSize === undefined ||
    isWhole ||
    isGiven ||
    (asNumber(page.body["pageSize"]) ?? pageSize) >= pageSize
  ) {
    return read;
  }
  try {
    return await readPage(api, withQuery(request, { pageSize, pageNumber: 1 }), 1, resultKey);
  } catch (error) {
    if (error instanceof ApiError && error.status === 400) return read;
    throw error;
  }
}

function isBeyondContacts({ path, query }: PageRequest): boolean {
  if (path !== CONTACTS_PATH) return false;
  return Number(query?.["pageNumber"] ?? 1) * Number(query?.["pageSize"] ?? 25) > MOST_CONTACTS;
}

/** Compares pages by hash, so that a long listing takes little memory. */
function fingerprint(records: readonly unknown[]): string {
  return createHash("sha1").update(JSON.stringify(records)).digest("base64");
}
