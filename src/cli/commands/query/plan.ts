import { rankGroups, rankingMetric } from "../../../analytics/answer/rank-groups.ts";
import { formatInterval, type Interval, parseInterval } from "../../../analytics/interval.ts";
import type { Page } from "../../../analytics/paging/page.ts";
import { type PageRequest, startOf } from "../../../analytics/paging/page-request.ts";
import { readAggregates } from "../../../analytics/paging/read-aggregates.ts";
import { readDetails } from "../../../analytics/paging/read-details.ts";
import { readDividedJob } from "../../../analytics/paging/read-divided-job.ts";
import { isJobPath } from "../../../analytics/paging/read-job.ts";
import { type PagingNote, readPages } from "../../../analytics/paging/read-pages.ts";
import { withoutRepeats } from "../../../analytics/paging/without-repeats.ts";
import { buildQueryBody } from "../../../analytics/query-body.ts";
import { withheldFieldsOf } from "../../../analytics/withhold.ts";
import type { Clock } from "../../../core/clock.ts";
import { UsageError } from "../../../core/errors.ts";
import { asString, asStrings, type JsonRecord } from "../../../core/json.ts";
import type { Api } from "../../../platform/api/api.ts";
import { DEFAULT_LIMIT } from "./defaults.ts";
import type { QueryRequest } from "./request.ts";
import type { QueryTarget } from "./target.ts";

/** Everything that a query is going to request, decided before the first request is sent. */
export interface QueryPlan {
  /** The interval in UTC; null for a request without one. */
  readonly interval: string | null;
  readonly groupBy: readonly string[];
  readonly metrics: readonly string[];
  /** Bucket length of aggregates, ISO 8601; null without buckets. */
  readonly granularity: string | null;
  readonly timeZone: string;
  /** The maximum number of records. A response that consists of a single page is truncated only on request. */
  readonly limit: number;
  /** The metric by which groups of aggregates are sorted, largest first; null for any other result. */
  readonly rankedBy: string | null;
  /** The field of the request that skips the first pages, such as `pageNumber=3`; null when the request has none. */
  readonly start: string | null;
  /** The start of the interval if records can begin before it; null when they cannot. */
  readonly localStartMs: number | null;
  /** The fields that are removed from every output. */
  readonly withheld: readonly string[];
  /** Reads the pages of the result. Requests each page only when it is needed. */
  readPages(api: Api, ports: PlanPorts): AsyncIterable<Page>;
}

export interface PlanPorts {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onNote: (note: PagingNote) => void;
  /** Called when a lost job is submitted again. */
  readonly onLoss: (text: string) => Promise<void>;
}

/** Page size of listings: the maximum that all known listings accept. */
const LISTING_PAGE_SIZE = 100;

/**
 * Plans the calls for a target and a request.
 * @throws UsageError for flags that the target does not accept, a missing interval, and filters that can't be expressed
 */
export function planQuery(target: QueryTarget, request: QueryRequest): QueryPlan {
  const { query, method, path, parameters } = target;
  const body = bodyOf(target, request);
  const shape = {
    groupBy: asStrings(body?.["groupBy"]),
    metrics: asStrings(body?.["metrics"]),
    granularity: asString(body?.["granularity"]),
    timeZone: asString(body?.["timeZone"]) ?? request.question.timeZone ?? "UTC",
    withheld: target.operation === null ? [] : withheldFieldsOf(target.operation.path),
  };
  const limit = request.limit ?? (query?.paging === "unpaged" ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT);
  const base: PageRequest = {
    method,
    path,
    ...(Object.keys(parameters).length > 0 && { query: parameters }),
    ...(body !== null && { body }),
  };
  if (query?.kind === "details" && body !== null) {
    const interval = intervalOf(body, request.nowMs);
    return {
      interval: formatInterval(interval),
      ...shape,
      limit,
      rankedBy: null,
      start: startOf(base),
      localStartMs: query.recordKey === null ? null : interval.startMs,
      readPages: (api, { onNote }) => readDetails(api, { query, body, interval, limit, onNote }),
    };
  }
  const isJob = isJobPath(method, path);
  const span = query?.kind === "aggregates" || isJob ? spanOf(body, request.nowMs) : null;
  const rankedBy =
    query?.kind === "aggregates" && body !== null && !isJob ? rankingMetric(body, shape.metrics) : null;
  return {
    interval: asString(body?.["interval"]),
    ...shape,
    limit,
    rankedBy,
    start: startOf(base),
    localStartMs: null,
    readPages: (api, ports) => {
      const options = {
        resultKey: query?.resultKey,
        listingPageSize: LISTING_PAGE_SIZE,
        onNote: ports.onNote,
      };
      if (query !== null && body !== null && span !== null) {
        return ranked(readAggregates(api, { query, body, interval: span }), rankedBy);
      }
      if (isJob) return readDividedJob(api, base, { ...options, ...ports, interval: span });
      const style = query === null || query.paging === "job" ? null : query.paging;
      const pages = readPages(api, base, { ...options, style });
      return method === "GET" ? withoutRepeats(pages, "id") : pages;
    },
  };
}

/** Ranks the groups of a result, so that a limit keeps the largest. */
async function* ranked(pages: AsyncIterable<Page>, metric: string | null): AsyncGenerator<Page, void, void> {
  for await (const page of pages) {
    yield metric === null ? page : { ...page, records: rankGroups(page.records, metric) };
  }
}

function bodyOf({ query, method, path }: QueryTarget, { question, body }: QueryRequest): JsonRecord | null {
  if (method !== "POST") {
    const isShaped = [question.filters, question.groupBy, question.metrics].some(({ length }) => length > 0);
    if (body !== null || isShaped || question.interval !== null || question.granularity !== null) {
      throw new UsageError(
        "usage.flag",
        `\`${method} ${path}\` has no request body, so these flags do not apply`,
        {
          hint: `append parameters to the path: genscope query GET "${path}?name=value"`,
        },
      );
    }
    return null;
  }
  if (body !== null) {
    return question.interval === null ? body : { ...body, interval: formatInterval(question.interval) };
  }
  if (query !== null) return buildQueryBody(query, question);
  const shapes = question.filters.length + question.groupBy.length + question.metrics.length;
  // It is unknown which parameter takes an interval, and most operations ignore a parameter that they do not expect.
  if (shapes > 0 || question.granularity !== null || question.interval !== null) {
    throw new UsageError("usage.flag", `\`query\` does not know the request body of \`${method} ${path}\``, {
      hint: "pass the whole request: --body request.json, or --body - for standard input",
    });
  }
  return {};
}

/**
 * Returns the interval of a body; null if the body contains none that genscope can split. The service may still accept
 * such a body.
 */
function spanOf(body: JsonRecord | null, nowMs: number): Interval | null {
  const text = asString(body?.["interval"]);
  if (text === null || !/^\d{4}-.{1,60}\/\d{4}-/.test(text)) return null;
  try {
    return parseInterval(text, { nowMs });
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

/**
 * Returns the interval of a complete body, checked by the same rules as `--interval`.
 * @throws UsageError when the body has no interval or an invalid one
 */
function intervalOf(body: JsonRecord, nowMs: number): Interval {
  const text = asString(body["interval"]);
  if (text === null) {
    throw new UsageError("usage.flag", "the request has no `interval`", {
      hint: "add it to the body, or pass --interval yesterday",
    });
  }
  return parseInterval(text, { nowMs });
}
