import type { Clock } from "../../core/clock.ts";
import { UnavailableError } from "../../core/errors.ts";
import { asRecord, asString } from "../../core/json.ts";
import { oneLine } from "../../core/text.ts";
import { withDeadline } from "../../http/deadline.ts";
import type { Api } from "../../platform/api.ts";
import { requireJson } from "../../platform/api-client.ts";
import type { Page } from "./page.ts";
import type { PageRequest } from "./page-request.ts";
import { type PagingOptions, readPages } from "./read-pages.ts";

const DONE = new Set(["FULFILLED", "SUCCEEDED", "COMPLETED", "COMPLETE"]);
const OVER = new Set(["FAILED", "CANCELLED", "EXPIRED"]);
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** Only the analytics jobs are there to be deleted; audits and usage clean up after themselves. */
const DELETABLE = /^\/api\/v2\/analytics\/.*\/jobs$/;
const RESULT_PAGE_SIZE = 500;
const DELETION_MS = 5_000;

/** What reading a job takes beside the pages. */
export interface JobOptions extends Omit<PagingOptions, "style"> {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told of each state the service reports. */
  readonly onState?: ((state: string) => void) | undefined;
}

/** Whether an operation is answered in three steps: a job is submitted, waited for, and its results are read. */
export function isJobPath(method: string, path: string): boolean {
  return (
    method === "POST" &&
    (DELETABLE.test(path) || path === "/api/v2/audits/query" || /\/usage\/.*\/jobs$/.test(path))
  );
}

/**
 * The pages of the results of a job: submitted, polled until it is done, read by cursor. An analytics job is deleted
 * when its results were read or are not wanted any more, because an organization may have only so many.
 * @throws ApiError for refusals, UnavailableError `query.job_failed` for a job that did not end well
 */
export async function* readJob(
  api: Api,
  request: PageRequest,
  options: JobOptions,
): AsyncGenerator<Page, void, void> {
  const submitted = await api.send(request);
  const id = idOf(requireJson(request, submitted, api.region));
  if (id === null) {
    throw new UnavailableError(
      "query.job_failed",
      `\`${request.method} ${request.path}\` answered without the id of a job`,
      {
        correlationId: submitted.correlationId ?? undefined,
        hint: "try again; when it stays, quote the correlation id to support",
      },
    );
  }
  const path = `${request.path}/${encodeURIComponent(id)}`;
  try {
    await waitUntilDone(api, path, options);
    const results: PageRequest = {
      method: "GET",
      path: `${path}/results`,
      query: { pageSize: RESULT_PAGE_SIZE },
    };
    yield* readPages(api, results, { ...options, style: "cursor" });
  } finally {
    if (DELETABLE.test(request.path)) await deleteJob(api, path, options.clock);
  }
}

/** Also after an interruption, within seconds; what fails spoils no result, and ends by itself when it expires. */
async function deleteJob(api: Api, path: string, clock: Clock): Promise<void> {
  await withDeadline(api.region.apiUrl, { clock, timeoutMs: DELETION_MS }, async (signal) => {
    await api.send({ method: "DELETE", path, signal, isCleanUp: true });
  }).catch(() => undefined);
}

async function waitUntilDone(api: Api, path: string, { clock, signal, onState }: JobOptions): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    const request = { method: "GET", path };
    const answer = await api.send(request);
    const status = asRecord(requireJson(request, answer, api.region));
    const state = asString(status["state"]) ?? "unknown";
    onState?.(state);
    if (DONE.has(state.toUpperCase())) return;
    if (OVER.has(state.toUpperCase())) {
      const reason = asString(status["errorMessage"]);
      throw new UnavailableError(
        "query.job_failed",
        `the job ended ${oneLine(state, 40).toLowerCase()}${reason === null ? "" : `: ${oneLine(reason)}`}`,
        {
          correlationId: answer.correlationId ?? undefined,
          hint: "run it again, with a shorter interval if it fails again",
        },
      );
    }
    await clock.sleep(pauseMs, signal);
  }
}

function idOf(body: unknown): string | null {
  const fields = asRecord(body);
  return asString(fields["jobId"]) ?? asString(fields["id"]) ?? asString(fields["executionId"]);
}
