import { asArray, asNumber, asRecord, type JsonRecord } from "../../../core/json.ts";
import { type Refusal, refusal } from "../../refusal.ts";
import { intervalIn } from "./interval.ts";
import { RefusedFilterError } from "./predicate.ts";
import type { ConversationSearch, Matches } from "./search.ts";

const LARGEST_PAGE_SIZE = 100;

/** The page that a query requests. */
export interface Paging {
  readonly pageSize: number;
  /** Page number; the first page is 1. */
  readonly pageNumber: number;
}

const FILTERS: readonly string[] = [
  "conversationFilters",
  "segmentFilters",
  "evaluationFilters",
  "surveyFilters",
  "resolutionFilters",
  "userFilters",
  "presenceFilters",
  "routingStatusFilters",
  "filter",
];

/** Returns the maximum interval for this body in days: 7, or 31 with a filter. */
export function longestDays(body: JsonRecord): number {
  const isFiltered = FILTERS.some(
    (name) => asArray(body[name]).length > 0 || Object.keys(asRecord(body[name])).length > 0,
  );
  return isFiltered ? 31 : 7;
}

/**
 * Returns the page that the body's `paging` requests; by default, the first page with 25 rows.
 * @param mostResults maximum number of results that can be read page by page
 */
export function pagingIn(body: JsonRecord, mostResults: number): Paging | Refusal {
  const paging = asRecord(body["paging"]);
  const pageSize = asNumber(paging["pageSize"]) ?? 25;
  const pageNumber = asNumber(paging["pageNumber"]) ?? 1;
  if (pageSize < 1 || pageSize > LARGEST_PAGE_SIZE || pageNumber < 1) {
    return badRequest(
      `Paging must have a pageSize of 1 to ${LARGEST_PAGE_SIZE} and a pageNumber of at least 1`,
    );
  }
  if (pageSize * pageNumber > mostResults) {
    return badRequest(`Pagination may not exceed ${mostResults} results. Tip: use smaller intervals`);
  }
  return { pageSize, pageNumber };
}

/** Returns all matches of a `ConversationQuery`, from which the caller selects a page. */
export function findDetails(
  find: (wanted: ConversationSearch) => Matches,
  body: JsonRecord,
  scope: Pick<ConversationSearch, "divisions" | "asOfMs">,
): Matches | Refusal {
  const interval = intervalIn(body, longestDays(body));
  if ("template" in interval) return interval;
  return refusingUnknown(() =>
    find({ ...scope, interval, body, isByStartDay: true, latestStartMs: Number.POSITIVE_INFINITY }),
  );
}

/** Returns the result of `search`, or a refusal when `search` throws a RefusedFilterError. */
export function refusingUnknown<Result>(search: () => Result): Result | Refusal {
  try {
    return search();
  } catch (error) {
    if (!(error instanceof RefusedFilterError)) throw error;
    return error.refusal;
  }
}

function badRequest(message: string): Refusal {
  return refusal(400, "bad.request", "{message}", { message });
}
