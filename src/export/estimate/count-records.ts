import type { Dataset } from "../../analytics/datasets/dataset.ts";
import type { ListingPaging } from "../../analytics/datasets/dataset-access.ts";
import { formatInterval, type Interval, splitByDays } from "../../analytics/interval.ts";
import { asArray, asNumber, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { Api } from "../../platform/api/api.ts";
import { requireJson } from "../../platform/api/api-client.ts";

/**
 * Number and mean size of an export's records, taken from the first page of each query. For recordings, counts the
 * conversations.
 */
export interface RecordCount {
  readonly records: number;
  /** Mean size of a record in bytes; null when there are no records. */
  readonly recordBytes: number | null;
}

/** Number of days per query. The live query accepts up to 31, but a week keeps each response fast. */
const DAYS_PER_QUERY = 7;
const SAMPLE = 25;

/** Parameters that request a small first page, by the listing's kind of paging. */
const FIRST_PAGE: Readonly<Record<ListingPaging, Readonly<Record<string, number>>>> = {
  "page-number": { pageNumber: 1, pageSize: SAMPLE },
  body: { pageNumber: 1, pageSize: SAMPLE },
  cursor: { pageSize: SAMPLE },
  scan: { limit: SAMPLE },
  "next-uri": {},
  "one-answer": {},
};

/**
 * Counts the records of an export with the first page of each query.
 * @returns null for a dataset that the platform does not count
 * @throws ApiError when a query is refused
 */
export async function countRecords(
  api: Api,
  { access, files }: Dataset,
  { body, interval }: { readonly body: JsonRecord; readonly interval: Interval | null },
): Promise<RecordCount | null> {
  if (access.kind === "listing") {
    const pages: CountedPage[] = [];
    for (const given of access.queries) {
      const page = asRecord(await api.get(access.path, { ...given, ...FIRST_PAGE[access.paging] }));
      // Pages with cursors have no total.
      const next = page["nextUri"] ?? asRecord(page["cursors"])["after"];
      if (asNumber(page["total"]) === null && asString(next) !== null) return null;
      pages.push(pageOf(page, access.itemsKey, "total"));
    }
    return countOf(pages);
  }
  if (access.kind !== "jobs" || interval === null) return null;
  const { definition, tail } = access;
  const { itemsKey } = definition;
  const path = files?.countPath ?? tail?.path;
  if (path === undefined) return null;
  const pages: CountedPage[] = [];
  for (const piece of splitByDays(interval, DAYS_PER_QUERY)) {
    const paging = { pageNumber: 1, pageSize: SAMPLE };
    const request = { method: "POST", path, body: { ...body, interval: formatInterval(piece), paging } };
    const page = asRecord(requireJson(request, await api.send(request), api.region));
    pages.push(pageOf(page, itemsKey, "totalHits"));
  }
  return countOf(pages);
}

interface CountedPage {
  readonly total: number;
  readonly records: readonly JsonRecord[];
}

/** Reads a page. A response without matches has no total. */
function pageOf(page: JsonRecord, itemsKey: string, totalKey: string): CountedPage {
  const records = asArray(page[itemsKey]).map(asRecord);
  const total = page[totalKey];
  return { total: typeof total === "number" ? total : records.length, records };
}

function countOf(pages: readonly CountedPage[]): RecordCount {
  const sample = pages.flatMap(({ records }) => records);
  const bytes = sample.reduce((sum, record) => sum + Buffer.byteLength(JSON.stringify(record)) + 1, 0);
  return {
    records: pages.reduce((sum, { total }) => sum + total, 0),
    recordBytes: sample.length === 0 ? null : Math.ceil(bytes / sample.length),
  };
}
