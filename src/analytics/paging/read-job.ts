import type { Clock } from "../../core/clock.ts";
import { UnavailableError } from "../../core/errors.ts";
import { asRecord } from "../../core/json.ts";
import { withDeadline } from "../../http/connection/deadline.ts";
import type { Api } from "../../platform/api/api.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import { createJobControl, type JobControl } from "../jobs/job-control.ts";
import { JobLost, lossOf } from "../jobs/job-lost.ts";
import { exceededLimit } from "../splitting/exceeded-limit.ts";
import type { Page } from "./page.ts";
import type { PageRequest } from "./page-request.ts";
import { type PagingOptions, readPages } from "./read-pages.ts";
import { ReturnedRecords } from "./returned-records.ts";

const PROTOCOL = {
  idFields: ["jobId", "id", "executionId"],
  finishedStates: ["FULFILLED", "SUCCEEDED", "COMPLETED", "COMPLETE"],
  lostStates: ["FAILED", "CANCELLED", "EXPIRED"],
} as const;
/** Matches the jobs that can be deleted, which are those of analytics. Audit and usage jobs expire on their own. */
const DELETABLE = /^\/api\/v2\/analytics\/.*\/jobs$/;
/** Matches the jobs that return their state and results at one URL. */
const AT_ONE_ADDRESS = /\/usage\/.*\/jobs$/;
/** Matches the jobs whose results declare no page size, because the submission sets it. */
const SIZED_BY_SUBMISSION = /\/aggregates\/jobs$/;
const RESULT_PAGE_SIZE = 500;
const DELETION_MS = 5_000;
/** Number of lost jobs after which the query gives up. */
const MOST_LOSSES = 3;

/** Settings for reading a job in addition to those of its pages. */
export interface JobOptions extends Omit<PagingOptions, "style"> {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called before a new job replaces a lost one. */
  readonly onLoss: (text: string) => Promise<void>;
}

/** Returns whether an operation takes three steps: submit a job, wait for it, read its results. */
export function isJobPath(method: string, path: string): boolean {
  return (
    method === "POST" &&
    (DELETABLE.test(path) || AT_ONE_ADDRESS.test(path) || path === "/api/v2/audits/query")
  );
}

/**
 * Yields the result pages of a job: submitted, polled until it is done, read by cursor. A lost job is submitted
 * again, and records that it already returned are skipped. Analytics jobs are deleted afterwards, because their
 * number per organization is limited.
 * @throws ApiError for refusals, UnavailableError `query.job_failed` for a job that fails or is lost repeatedly
 */
export async function* readJob(
  api: Api,
  request: PageRequest,
  options: JobOptions,
): AsyncGenerator<Page, void, void> {
  const { path } = request;
  const isOneAddress = AT_ONE_ADDRESS.test(path);
  const protocol = { ...PROTOCOL, path, canBeDeleted: DELETABLE.test(path), isOneAddress };
  // When results have the same address as the state, each page links to the next one.
  const style = isOneAddress ? "next-uri" : "cursor";
  const control = createJobControl({ api, clock: options.clock, protocol });
  const returned = new ReturnedRecords();
  for (let losses = 1; ; losses += 1) {
    let pages = 0;
    returned.startPass();
    try {
      for await (const page of readOnce(api, control, request, { ...options, style })) {
        pages += 1;
        yield returned.takeNew(page);
      }
      return;
    } catch (error) {
      const loss = lossOf(error, { hasCursor: pages > 0, isInherited: false });
      if (loss === null || (error instanceof ApiError && exceededLimit(error) !== null)) throw error;
      // A FAILED job would fail again.
      if (losses > MOST_LOSSES || (error instanceof JobLost && error.state === "FAILED")) {
        throw jobFailed(error, loss);
      }
      await options.onLoss(`${loss}, so the query is submitted again`);
    }
  }
}

async function* readOnce(
  api: Api,
  control: JobControl,
  { path, body }: PageRequest,
  options: JobOptions & PagingOptions,
): AsyncGenerator<Page, void, void> {
  const { clock, signal } = options;
  const job = await control.submit(asRecord(body), signal);
  try {
    await control.settle(job, signal);
    const results = { method: "GET", path: control.resultsPath(job) };
    const query = { pageSize: RESULT_PAGE_SIZE };
    yield* readPages(api, SIZED_BY_SUBMISSION.test(path) ? results : { ...results, query }, options);
  } finally {
    // This also runs after an interruption, and takes only seconds; a job that is not deleted expires on its
    // own.
    await withDeadline(
      api.region.apiUrl,
      { clock, timeoutMs: DELETION_MS },
      async (until) => await control.remove(job, until),
    ).catch(() => undefined);
  }
}

function jobFailed(error: unknown, loss: string): UnavailableError {
  const text =
    error instanceof JobLost && error.state !== "unknown"
      ? `the job ended in state ${error.state}: ${error.message}`
      : loss;
  return new UnavailableError("query.job_failed", text, {
    hint: "run the query again; if it fails again, use a shorter interval",
    cause: error,
  });
}
