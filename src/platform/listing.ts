import { asRecord, asString } from "../core/json.ts";
import type { Api } from "./api.ts";
import type { Call } from "./principal.ts";
import { attemptRead, failIncomplete, type Reading } from "./reading.ts";
import type { Read } from "./reads.ts";
import { parseWhole } from "./whole-list.ts";

/** The most that the listings we read accept. */
const PAGE_SIZE = 100;
const PAGES_AT_A_TIME = 4;
/** A listing that never ends is a fault of the service; 100,000 entries are more than any of ours has. */
const MOST_PAGES = 1_000;

interface Page<Entry> {
  /** By what tells entries apart: they move between pages when somebody edits the list meanwhile. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly pageCount: number | null;
  readonly total: number | null;
  readonly hasNext: boolean;
}

/**
 * All entries of a listing with `pageNumber`: the first page, then, when it says how many there are, the
 * rest a few at a time, and on while there should be more. All of it or a failure, because half a list proves
 * nothing: a page that is refused, an entry that is not understood, fewer entries than the listing counts.
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
      return failIncomplete(read, calls, `with a listing of more than ${MOST_PAGES} pages`);
    }
    const last = Math.min(Math.max(next, pageCount), next + PAGES_AT_A_TIME - 1);
    const numbers = Array.from({ length: last - next + 1 }, (_, index) => next + index);
    for (const [index, page] of (await Promise.all(numbers.map(readPage))).entries()) {
      calls.push(...page.calls);
      if (!page.isRead) {
        return { ...page, calls };
      }
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
    return failIncomplete(read, calls, `with a listing that is cut short after ${count} entries`);
  }
  return { isRead: true, value: [...entries.values()], calls };
}

/** Null when there is no list, or when anything in it is not understood: no list is not an empty list. */
function parsePage<Entry>(body: unknown, parseEntry: (value: unknown) => Entry | null): Page<Entry> | null {
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
  if (entries === null || pageCount === undefined || total === undefined || !isNextKnown) {
    return null;
  }
  return { entries: new Map(entries), pageCount, total, hasNext: nextUri !== null && nextUri !== "" };
}

/** Null where nothing is said, undefined where something is said that is no count. */
function parseCount(value: unknown): number | null | undefined {
  if (value === undefined || value === null) {
    return null;
  }
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined;
}
