import type { JobWords } from "../../analytics/datasets/dataset.ts";
import { formatInterval, type Interval } from "../../analytics/interval.ts";
import type { Clock } from "../../core/clock.ts";
import { asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { Api, ApiAnswer } from "../../platform/api.ts";
import { requireJson } from "../../platform/api-client.ts";
import { JobLost, type Source } from "../source.ts";

const FIRST_POLL_MS = 500;
const LONGEST_POLL_MS = 15_000;
/** No job of the platform was ever seen to take that long: it will not end. */
const LONGEST_JOB_MS = 3 * 60 * 60_000;
const SMALLEST_PAGE = 25;
/** A job that is gone is as good as deleted. */
const GONE = new Set([404, 410]);

export interface JobSourceOptions {
  readonly api: Api;
  readonly clock: Clock;
  readonly words: JobWords;
  /** Filters and whatever else the submission shall say. */
  readonly body: JsonRecord;
  /** Told of the state of a job that is not finished, each time the service was asked. */
  readonly onPoll?: ((state: string) => void) | undefined;
}

/** Pages of an asynchronous query: complete, with attributes, by a cursor that outlives this process. */
export function jobSource({ api, clock, words, body, onPoll }: JobSourceOptions): Source {
  const pathOf = (job: string) => `${words.path}/${encodeURIComponent(job)}`;

  async function readState(job: string, signal: AbortSignal): Promise<{ state: string; message: string }> {
    const request = { method: "GET", path: pathOf(job), signal };
    const answer = await api.send(request);
    if (GONE.has(answer.status)) throw new JobLost("unknown", "the service does not know the job any more");
    const status = asRecord(requireJson(request, answer, api.region));
    return {
      state: (asString(status["state"]) ?? "").toUpperCase(),
      message: asString(status["errorMessage"]) ?? "without a reason",
    };
  }

  return {
    itemsKey: words.itemsKey,
    pageSizes: { largest: words.largestPage, smallest: SMALLEST_PAGE },
    isResumable: true,
    jobs: {
      submit: async (part, signal) => {
        const request = {
          method: "POST",
          path: words.path,
          body: { ...body, ...words.body, interval: formatInterval(part.interval as Interval) },
          // It reads only: a job too many costs nothing but its own time.
          repeatable: true,
          signal,
        };
        const answer: ApiAnswer = await api.send(request);
        const job = asString(asRecord(requireJson(request, answer, api.region))[words.idField]);
        if (job === null) throw new JobLost("unknown", "the service named no job");
        return job;
      },
      settle: async (job, signal) => {
        const startMs = clock.now();
        for (let delayMs = FIRST_POLL_MS; ; delayMs = Math.min(LONGEST_POLL_MS, delayMs * 1.5)) {
          const { state, message } = await readState(job, signal);
          if (words.finishedStates.includes(state)) return;
          if (words.lostStates.includes(state)) throw new JobLost(state, message);
          if (clock.now() - startMs > LONGEST_JOB_MS) throw new JobLost(state, "the job does not end");
          onPoll?.(state);
          await clock.sleep(Math.round(delayMs), signal);
        }
      },
      remove: async (job, signal) => {
        if (!words.canBeDeleted) return;
        const request = { method: "DELETE", path: pathOf(job), signal, isCleanUp: true };
        const answer = await api.send(request);
        if (answer.status >= 300 && !GONE.has(answer.status)) requireJson(request, answer, api.region);
      },
    },
    requestPage: (_part, job, cursor, pageSize) => ({
      method: "GET",
      path: `${pathOf(job ?? "")}/results`,
      query: { pageSize, ...(cursor === null ? {} : { cursor }) },
    }),
    nextCursor: (_part, _cursor, { envelope }) => asString(envelope.fields["cursor"]),
    isSettled: () => true,
  };
}
