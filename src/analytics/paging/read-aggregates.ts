import { asString, type JsonRecord } from "../../core/json.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { Api } from "../../platform/api/api.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import { formatInterval, type Interval } from "../interval.ts";
import type { NamedQuery } from "../named-query.ts";
import { type Borders, bucketBorders, divideInterval, minuteBorders } from "../splitting/divide-interval.ts";
import { type ExceededLimit, exceededLimit } from "../splitting/exceeded-limit.ts";
import { addBuckets, concatenateBuckets, UnjoinableAggregates } from "../splitting/join-aggregates.ts";
import { unsplittable } from "../splitting/unsplittable.ts";
import type { Page } from "./page.ts";
import { readPage } from "./read-page.ts";

export interface AggregatesOptions {
  readonly query: Pick<NamedQuery, "method" | "path" | "resultKey" | "subject">;
  /** The request, with its interval as given by the user or the flags. */
  readonly body: JsonRecord;
  readonly interval: Interval;
}

interface ReadPart {
  readonly interval: Interval;
  readonly page: Page;
}

const DAY_MS = 86_400_000;
/** Fields that rank groups or keep only some of them, which cannot be done for each part separately. */
const RANKING = ["queryType", "sortMetric", "limit"];
const HINT =
  "add --granularity P1D, whose buckets can be joined, or choose a shorter interval, fewer groups or other metrics";

/**
 * Yields the aggregates of an interval of any length as one page. Requests the whole interval first. If the
 * platform refuses it for its length or size, or takes too long, divides it at the ends of buckets. The parts
 * are joined to form the same result as a single response.
 * @throws ApiError `query.unsplittable` when the interval can't be divided further, or parts can't be joined
 * without a wrong number; ApiError, NetworkError, UnavailableError
 */
export async function* readAggregates(
  api: Api,
  options: AggregatesOptions,
): AsyncGenerator<Page, void, void> {
  const { body, interval } = options;
  const granularity = asString(body["granularity"]);
  const zone = asString(body["timeZone"]) ?? "UTC";
  const borders = granularity === null ? minuteBorders() : bucketBorders(interval, granularity, zone);
  const ranking = RANKING.find((field) => field in body);
  const canDivide = ranking === undefined && isDivisible(interval, borders);
  try {
    yield await ask(api, options, body, canDivide);
    return;
  } catch (error) {
    const limit = limitIn(error, canDivide);
    if (limit === null || !(error instanceof ApiError)) throw error;
    if (ranking !== undefined) {
      throw unsplittable(error, limit, `\`${ranking}\` ranks the whole interval`, HINT);
    }
    if (borders === null) {
      throw unsplittable(
        error,
        limit,
        `\`${granularity}\` is not a granularity that genscope can divide`,
        HINT,
      );
    }
    const parts = await readParts(api, options, { interval, borders, limit, error });
    yield join(parts, options, { granularity, borders, limit, error });
  }
}

interface Refused {
  readonly interval: Interval;
  readonly borders: Borders;
  readonly limit: ExceededLimit;
  readonly error: ApiError;
}

async function readParts(
  api: Api,
  options: AggregatesOptions,
  { interval, borders, limit, error }: Refused,
): Promise<readonly ReadPart[]> {
  const lengthMs = interval.endMs - interval.startMs;
  const count = limit.days === null ? 2 : Math.max(2, Math.ceil(lengthMs / (limit.days * DAY_MS)));
  const pieces = divideInterval(interval, count, borders);
  if (pieces.length < 2) throw unsplittable(error, limit, "it spans only one bucket or one minute", HINT);
  const parts: ReadPart[] = [];
  for (const piece of pieces) {
    const canDivide = isDivisible(piece, borders);
    try {
      const body = { ...options.body, interval: formatInterval(piece) };
      parts.push({ interval: piece, page: await ask(api, options, body, canDivide) });
    } catch (again) {
      const next = limitIn(again, canDivide);
      if (next === null || !(again instanceof ApiError)) throw again;
      appendAll(
        parts,
        await readParts(api, options, { interval: piece, borders, limit: next, error: again }),
      );
    }
  }
  return parts;
}

function isDivisible(interval: Interval, borders: Borders | null): boolean {
  return borders !== null && divideInterval(interval, 2, borders).length > 1;
}

/**
 * Returns the limit that a request exceeds; null for any other error. If a request that can't be divided gets no
 * response in time, the cause is an outage.
 */
function limitIn(error: unknown, canDivide: boolean): ExceededLimit | null {
  const limit = exceededLimit(error);
  return limit?.kind === "time" && !canDivide ? null : limit;
}

async function ask(
  api: Api,
  { query }: AggregatesOptions,
  body: JsonRecord,
  canDivide: boolean,
): Promise<Page> {
  const request = { method: query.method, path: query.path, body, ...(canDivide && { mostTimeouts: 1 }) };
  return (await readPage(api, request, 1, query.resultKey)).page;
}

function join(
  parts: readonly ReadPart[],
  { query, interval }: AggregatesOptions,
  { granularity, borders, limit, error }: Omit<Refused, "interval"> & { readonly granularity: string | null },
): Page {
  const lists = parts.map(({ page }) => page.records);
  try {
    const records =
      granularity === null
        ? addBuckets(lists, wholeInterval(parts, interval), query.subject === "users")
        : concatenateBuckets(lists);
    if (granularity !== null) assertOnBorders(records, borders);
    const last = parts.at(-1)?.page;
    return {
      number: 1,
      records,
      body: { ...last?.body, results: records },
      total: null,
      correlationId: last?.correlationId ?? null,
    };
  } catch (failure) {
    if (!(failure instanceof UnjoinableAggregates)) throw failure;
    throw unsplittable(error, limit, failure.message, HINT);
  }
}

/**
 * Throws for a bucket that does not begin at a border. The end of a part has cut it short, so its numbers would be
 * wrong.
 */
function assertOnBorders(records: readonly JsonRecord[], borders: Borders): void {
  for (const [start] of records.flatMap(endsIn)) {
    if (!borders.has(Date.parse(start))) {
      throw new UnjoinableAggregates("the platform's buckets do not begin at the start of the interval");
    }
  }
}

/** Returns the whole interval in the format of the responses. */
function wholeInterval(parts: readonly ReadPart[], interval: Interval): string {
  const [startText = "", endText = ""] = formatInterval(interval).split("/");
  const spelled = (part: ReadPart | undefined) => part?.page.records.flatMap(endsIn)[0];
  return `${spelled(parts[0])?.[0] ?? startText}/${spelled(parts.at(-1))?.[1] ?? endText}`;
}

function endsIn(record: unknown): readonly (readonly [start: string, end: string])[] {
  const { data } = record as { readonly data?: readonly { readonly interval?: unknown }[] };
  return (data ?? []).map((point) => {
    const [start = "", end = ""] = (asString(point.interval) ?? "").split("/");
    return [start, end] as const;
  });
}
