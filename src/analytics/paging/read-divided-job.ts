import { UnavailableError } from "../../core/errors.ts";
import { asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { Api } from "../../platform/api/api.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import { formatInterval, type Interval } from "../interval.ts";
import { exceededLimit } from "../splitting/exceeded-limit.ts";
import { halveInterval } from "../splitting/halve-interval.ts";
import { unsplittable } from "../splitting/unsplittable.ts";
import type { Page } from "./page.ts";
import type { PageRequest } from "./page-request.ts";
import { type JobOptions, readJob } from "./read-job.ts";
import { withoutRepeats } from "./without-repeats.ts";

/**
 * Paths of the jobs that return a record unchanged for every interval that includes it, each with the field that
 * identifies a record.
 */
const RECORD_KEYS: Readonly<Record<string, string>> = {
  "/api/v2/analytics/conversations/details/jobs": "conversationId",
};
const AGGREGATES = /^\/api\/v2\/analytics\/([a-z]+)\/aggregates\/jobs$/;

export interface DividedJobOptions extends JobOptions {
  /** The interval of the request; null if it has none that can be divided. */
  readonly interval: Interval | null;
}

/**
 * Yields the result pages of a job over an interval of any length. Submits one job for the whole interval, and
 * one for each half when the platform refuses its length or size. A conversation in both halves is returned
 * once.
 * @throws ApiError `query.unsplittable` for a refused job that can't be divided, with a command that can divide
 * the request; otherwise as `readJob`
 */
export async function* readDividedJob(
  api: Api,
  request: PageRequest,
  options: DividedJobOptions,
): AsyncGenerator<Page, void, void> {
  const recordKey = RECORD_KEYS[request.path];
  const pages = readPart(api, request, options);
  yield* recordKey === undefined ? pages : withoutRepeats(pages, recordKey);
}

async function* readPart(
  api: Api,
  request: PageRequest,
  options: DividedJobOptions,
): AsyncGenerator<Page, void, void> {
  const { interval } = options;
  const body = asRecord(request.body);
  try {
    yield* readJob(api, request, options);
  } catch (error) {
    // A timeout while submitting is a fault of the service, so a smaller job would not help.
    const cause = error instanceof UnavailableError ? error.cause : error;
    const limit = exceededLimit(cause);
    if (limit === null || limit.kind === "time") throw error;
    const reason = obstacleTo(request.path, body, interval);
    const halves = reason === null && interval !== null ? halveInterval(interval) : [];
    if (halves.length < 2) {
      const refused = cause instanceof ApiError ? cause : failedJob(request, limit.summary);
      throw unsplittable(refused, limit, reason ?? "it spans only one minute", hintFor(request.path));
    }
    const isReversed = asString(body["order"]) === "desc";
    for (const half of isReversed ? halves.toReversed() : halves) {
      const part = { ...request, body: { ...body, interval: formatInterval(half) } };
      yield* readPart(api, part, { ...options, interval: half });
    }
  }
}

/** Returns why the parts of a job do not add up to the whole; null when they do. */
function obstacleTo(path: string, body: JsonRecord, interval: Interval | null): string | null {
  if (RECORD_KEYS[path] === undefined) return "the records of its parts do not add up to those of the whole";
  if (interval === null) return "it has no `interval` with a start and an end";
  if ("limit" in body) return "`limit` applies to the whole interval";
  const order = asString(body["orderBy"]) ?? "conversationStart";
  return order === "conversationStart" ? null : `\`orderBy: ${order}\` orders the whole interval`;
}

/** Returns a hint on how to read the same data in parts. */
function hintFor(path: string): string {
  const [, subject] = AGGREGATES.exec(path) ?? [];
  if (subject !== undefined) {
    return `run the query without a job, so that genscope can divide it between buckets: genscope query ${subject} aggregates --body request.json`;
  }
  const dataset = path === "/api/v2/audits/query" ? "audits" : /\/(\w+)\/details\/jobs$/.exec(path)?.[1];
  return dataset === undefined
    ? "choose a shorter interval"
    : `export it, one job per day: genscope export ${dataset === "audits" ? dataset : `${dataset} details`} --interval START/END --out DIRECTORY`;
}

function failedJob({ method, path }: PageRequest, summary: string): ApiError {
  return new ApiError("query.unsplittable", summary, {
    request: { method, path },
    answer: { status: 400, correlationId: null, body: null },
  });
}
