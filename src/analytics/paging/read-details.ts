import { asRecord, asString, type JsonRecord } from "../../core/json.ts";
import { plural } from "../../core/text.ts";
import type { Api } from "../../platform/api/api.ts";
import { formatInterval, type Interval, splitByDays } from "../interval.ts";
import type { NamedQuery } from "../named-query.ts";
import { isFiltered } from "../query-body.ts";
import { exceededLimit } from "../splitting/exceeded-limit.ts";
import { halveInterval } from "../splitting/halve-interval.ts";
import type { Page } from "./page.ts";
import type { PageRequest } from "./page-request.ts";
import { type PagingNote, readPages } from "./read-pages.ts";
import { withoutRepeats } from "./without-repeats.ts";

/** The largest page size that third-party clients of the detail queries are known to use. */
const PAGE_SIZE = 100;
/**
 * Maximum number of results when an interval is read as a whole. The platform pages through 100,000, but totals are
 * estimates, so this limit is lower.
 */
const MOST_RESULTS = 90_000;

export interface DetailsOptions {
  readonly query: NamedQuery;
  /** The request without its interval and paging. */
  readonly body: JsonRecord;
  readonly interval: Interval;
  /**
   * Number of requested records. An interval is split only when this number exceeds what the platform's paging
   * can reach.
   */
  readonly limit: number;
  readonly onNote: (note: PagingNote) => void;
}

/**
 * Yields the pages of a detail query over an interval of any length. It is split at UTC midnights into parts
 * that the platform accepts (7 days, 31 with a filter), and a part with too many results is halved until they
 * fit. The platform finds a conversation on the day it started, so whole days neither lose nor repeat one.
 * Parts of a day may return the same conversation twice; duplicates are skipped.
 * @throws ApiError, NetworkError, UnavailableError
 */
export async function* readDetails(api: Api, options: DetailsOptions): AsyncGenerator<Page, void, void> {
  const { query, body, interval } = options;
  const { span } = query;
  const days = span === null ? null : isFiltered(body) ? span.filteredDays : span.plainDays;
  const parts = days === null ? [interval] : splitByDays(interval, days);
  const isReversed = asString(body["order"]) === "desc";
  const pages = readParts(api, isReversed ? parts.toReversed() : parts, options);
  yield* query.recordKey === null ? pages : withoutRepeats(pages, query.recordKey);
}

async function* readParts(
  api: Api,
  parts: readonly Interval[],
  options: DetailsOptions,
): AsyncGenerator<Page, void, void> {
  for (const part of parts) {
    for await (const page of readPart(api, part, options)) {
      // The total of one part does not apply to the whole.
      yield parts.length === 1 ? page : { ...page, total: null };
    }
  }
}

async function* readPart(
  api: Api,
  interval: Interval,
  options: DetailsOptions,
): AsyncGenerator<Page, void, void> {
  const { query, body } = options;
  const paging = asRecord(body["paging"]);
  const request = {
    method: query.method,
    path: query.path,
    body: {
      ...body,
      interval: formatInterval(interval),
      paging: { pageSize: paging["pageSize"] ?? PAGE_SIZE, pageNumber: paging["pageNumber"] ?? 1 },
    },
  };
  try {
    yield* readOrHalve(api, interval, options, request);
  } catch (error) {
    // Records that were already read before the refusal are skipped, if they have an id.
    const limit = exceededLimit(error);
    const canHelp = limit !== null && limit.kind !== "time" && query.recordKey !== null;
    const halves = canHelp ? halveInterval(interval) : [];
    if (halves.length < 2) throw error;
    yield* readHalves(api, halves, options);
  }
}

async function* readOrHalve(
  api: Api,
  interval: Interval,
  options: DetailsOptions,
  request: PageRequest,
): AsyncGenerator<Page, void, void> {
  const { query, limit, onNote } = options;
  for await (const page of readPages(api, request, { style: "body", resultKey: query.resultKey, onNote })) {
    if (page.number === 1 && (page.total ?? 0) > MOST_RESULTS && limit > MOST_RESULTS) {
      const halves = halveInterval(interval);
      if (halves.length > 1) {
        yield* readHalves(api, halves, options);
        return;
      }
      onNote({
        text: `${formatInterval(interval)} has about ${plural(page.total ?? 0, "result")}, more than the platform can return`,
        hint: "narrow the query with `--filter`, or export the data: genscope export conversations details",
      });
    }
    yield page;
  }
}

async function* readHalves(
  api: Api,
  halves: readonly Interval[],
  options: DetailsOptions,
): AsyncGenerator<Page, void, void> {
  const isReversed = asString(options.body["order"]) === "desc";
  yield* readParts(api, isReversed ? halves.toReversed() : halves, options);
}
