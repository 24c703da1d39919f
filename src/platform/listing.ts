import { asArray, asNumber, asRecord, asString, type JsonRecord } from "../core/json.ts";
import type { Api } from "./api.ts";
import type { Call } from "./principal.ts";
import { attemptRead, type Reading } from "./reading.ts";
import type { Read } from "./reads.ts";

/** The most that the listings we read accept. */
const PAGE_SIZE = 100;
const PAGES_AT_A_TIME = 4;
/** A listing that never ends is a fault of the service; 100,000 entries are more than any of ours has. */
const MOST_PAGES = 1_000;

interface Page {
  readonly entities: readonly JsonRecord[];
  readonly pageCount: number | null;
  readonly hasNext: boolean;
}

/**
 * All entries of a listing with `pageNumber`: the first page, then, when it says how many there are, the
 * rest a few at a time. One refused page makes the whole unreadable: half a list proves nothing.
 */
export async function readListing(
  api: Api,
  read: Read,
  query: Readonly<Record<string, string | boolean>> = {},
): Promise<Reading<readonly JsonRecord[]>> {
  const readPage = (pageNumber: number) =>
    attemptRead(api, read, { query: { ...query, pageSize: PAGE_SIZE, pageNumber }, parse: parsePage });

  const first = await readPage(1);
  if (!first.isRead) {
    return first;
  }
  const entities = [...first.value.entities];
  const calls: Call[] = [...first.calls];
  const { pageCount } = first.value;
  let isMore = pageCount === null ? first.value.hasNext : pageCount > 1;
  for (let next = 2; isMore && next <= MOST_PAGES; ) {
    const last = Math.min(pageCount ?? next, next + PAGES_AT_A_TIME - 1);
    const pages = await Promise.all(
      Array.from({ length: last - next + 1 }, (_, index) => readPage(next + index)),
    );
    for (const page of pages) {
      calls.push(...page.calls);
      if (!page.isRead) {
        return { ...page, calls };
      }
      entities.push(...page.value.entities);
      isMore = pageCount === null ? page.value.hasNext && page.value.entities.length > 0 : last < pageCount;
    }
    next = last + 1;
  }
  return { isRead: true, value: withoutRepeats(entities), calls };
}

function parsePage(body: unknown): Page | null {
  const page = asRecord(body);
  // No list is not an empty list: what an organization lacks is concluded from what is not in it.
  if (!Array.isArray(page["entities"])) {
    return null;
  }
  return {
    entities: asArray(page["entities"]).map(asRecord),
    pageCount: asNumber(page["pageCount"]),
    hasNext: asString(page["nextUri"]) !== null,
  };
}

/** Entries move between pages when somebody edits the list meanwhile. */
function withoutRepeats(entities: readonly JsonRecord[]): readonly JsonRecord[] {
  const seen = new Set<string>();
  return entities.filter((entity) => {
    const id = asString(entity["id"]);
    if (id === null) {
      return true;
    }
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  });
}
