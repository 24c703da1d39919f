import { asRecord, asString } from "../../core/json.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { Api } from "../api/api.ts";
import type { Call } from "./principal.ts";
import { attemptRead, failIncomplete, type Reading } from "./reading.ts";
import type { Read } from "./reads.ts";
import { parseWhole } from "./whole-list.ts";

/** Largest page size that the listings accept. */
const PAGE_SIZE = 100;
const PAGES_AT_A_TIME = 4;
/**
 * Maximum number of pages. A longer listing is a fault of the service: 100,000 entries exceed every known
 * listing.
 */
const MOST_PAGES = 1_000;

interface ListingPage<Entry> {
  /** Entries by identity. An edit during the read can move an entry to another page, which then returns it again. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly pageCount: number | null;
  readonly total: number | null;
  readonly hasNext: boolean;
}

/**
 * Reads every entry of a listing with `pageNumber`: the first page, then the remaining pages a few at a time,
 * and more pages while entries are missing. Returns the whole listing or fails, because an incomplete list
 * proves nothing. A refused page, an entry that cannot be parsed and a short list are failures.
 */
export async function readListing<Entry>(
  api: Api,
  read: Read,
  parseEntry: (value: unknown) => Entry | null,
): Promise<Reading<readonly Entry[]>> {
  const readPage = (pageNumber: number) =>
    attemptRead(api, read, {
      query: { pageSize: PAGE_SIZE, pageNumber },
      parse: (body) => parsePage(body, parseEntry),
    });
  const entries = new Map<string, Entry>();
  const calls: Call[] = [];
  let pageCount = 1;
  let total: number | null = null;
  let isMore = true;
  let isCutShort = false;
  for (let next = 1; isMore; ) {
    if (Math.max(next, pageCount) > MOST_PAGES) {
      return failIncomplete(read, calls, `a listing of more than ${MOST_PAGES} pages`);
    }
    const last = Math.min(Math.max(next, pageCount), next + PAGES_AT_A_TIME - 1);
    const numbers = Array.from({ length: last - next + 1 }, (_, index) => next + index);
    for (const [index, page] of (await Promise.all(numbers.map(readPage))).entries()) {
      appendAll(calls, page.calls);
      if (!page.isRead) return { ...page, calls };
      const sizeBefore = entries.size;
      for (const [key, entry] of page.value.entries) entries.set(key, entry);
      pageCount = Math.max(pageCount, page.value.pageCount ?? 0);
      total = page.value.total === null ? total : Math.max(total ?? 0, page.value.total);
      const { hasNext } = page.value;
      const bringsNothing = entries.size === sizeBefore;
      isCutShort ||= bringsNothing && (hasNext || (pageCount > 1 && next + index <= pageCount));
      isMore = !bringsNothing && (hasNext || last < pageCount || entries.size < (total ?? 0));
    }
    next = last + 1;
  }
  if (total === null ? isCutShort : entries.size < total) {
    const count = total === null ? entries.size : `${entries.size} of ${total}`;
    return failIncomplete(read, calls, `a listing that is cut short after ${count} entries`);
  }
  return { isRead: true, value: [...entries.values()], calls };
}

/** Parses a page; null when there is no list or an entry cannot be parsed. A missing list is not an empty list. */
function parsePage<Entry>(
  body: unknown,
  parseEntry: (value: unknown) => Entry | null,
): ListingPage<Entry> | null {
  const { entities, nextUri = null, ...counts } = asRecord(body);
  const entries = parseWhole(entities, (value) => {
    const entry = parseEntry(value);
    return entry === null
      ? null
      : ([asString(asRecord(value)["id"]) ?? JSON.stringify(value), entry] as const);
  });
  const pageCount = parseCount(counts["pageCount"]);
  const total = parseCount(counts["total"]);
  const isNextKnown = nextUri === null || typeof nextUri === "string";
  if (entries === null || pageCount === undefined || total === undefined || !isNextKnown) return null;
  return { entries: new Map(entries), pageCount, total, hasNext: nextUri !== null && nextUri !== "" };
}

/** Parses a count; null when the response has none, undefined when it is not a number. */
function parseCount(value: unknown): number | null | undefined {
  if (value === undefined || value === null) return null;
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined;
}
