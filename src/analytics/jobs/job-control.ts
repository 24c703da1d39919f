import type { Clock } from "../../core/clock.ts";
import { asRecord, asString, type JsonRecord } from "../../core/json.ts";
import { oneLine, pathSegment } from "../../core/text.ts";
import type { Api } from "../../platform/api/api.ts";
import { requireJson } from "../../platform/api/api-client.ts";
import { asStateWord, MOST_UNREADABLE_STATES } from "../../platform/reading/state-word.ts";
import type { JobDefinition } from "../datasets/dataset-access.ts";
import { JobLost } from "./job-lost.ts";

export type JobProtocol = Pick<
  JobDefinition,
  "path" | "finishedStates" | "lostStates" | "canBeDeleted" | "isOneAddress"
> & {
  /** Fields of the submit response that may contain the job id. */
  readonly idFields: readonly string[];
};

export interface JobControlOptions {
  readonly api: Api;
  readonly clock: Clock;
  readonly protocol: JobProtocol;
  /** Called with the state of an unfinished job after each poll. */
  readonly onPoll?: ((state: string) => void) | undefined;
}

/** An asynchronous query of the platform: submitted, awaited, read and deleted. */
export interface JobControl {
  /**
   * Submits a job.
   * @returns its id
   * @throws ApiError for a refusal, JobLost for a response without an id
   */
  submit(body: JsonRecord, signal: AbortSignal): Promise<string>;
  /**
   * Resolves when the results of a job can be read.
   * @throws JobLost when they never will be, ApiError for a refusal
   */
  settle(job: string, signal: AbortSignal): Promise<void>;
  /**
   * Deletes a job on the server; one that no longer exists counts as deleted.
   * @throws ApiError, NetworkError
   */
  remove(job: string, signal: AbortSignal): Promise<void>;
  resultsPath(job: string): string;
}

const FIRST_POLL_MS = 500;
const LONGEST_POLL_MS = 15_000;
/** Maximum duration of a job, longer than any observed job of the platform. */
const LONGEST_JOB_MS = 3 * 60 * 60_000;
/**
 * Maximum number of times that a submission is repeated. If its response is lost, the job may exist, but
 * genscope cannot delete it without its id. The number of jobs per organization may be limited.
 */
const MOST_RESUBMISSIONS = 2;
/** Status codes of a poll that can only mean that the service does not know the job id. */
const UNKNOWN = new Set([400, 404, 410]);

/**
 * Status codes of a deletion that mean that the job no longer exists. A 400 may have another cause, so the
 * deletion is tried again later.
 */
const GONE = new Set([404, 410]);

/** Returns the controls for one kind of job. Queries and exports share them. */
export function createJobControl({ api, clock, protocol, onPoll }: JobControlOptions): JobControl {
  const pathOf = (job: string) => `${protocol.path}/${pathSegment(job)}`;

  async function readState(
    job: string,
    signal: AbortSignal,
  ): Promise<{ state: string | null; message: string }> {
    const request = { method: "GET", path: pathOf(job), signal };
    const answer = await api.send(request);
    if (UNKNOWN.has(answer.status)) {
      throw new JobLost("unknown", `the service no longer knows the job (${answer.status})`);
    }
    const status = asRecord(requireJson(request, answer, api.region));
    const state = asStateWord(status[protocol.isOneAddress === true ? "queryStatus" : "state"]);
    return {
      state: state?.toUpperCase() ?? null,
      message: oneLine(asString(status["errorMessage"]) ?? "without a reason"),
    };
  }

  return {
    submit: async (body, signal) => {
      const request = {
        method: "POST",
        path: protocol.path,
        body,
        repeatable: true,
        mostRepeats: MOST_RESUBMISSIONS,
        signal,
      };
      const answer = await api.send(request);
      const fields = asRecord(requireJson(request, answer, api.region));
      const job = protocol.idFields.map((name) => asString(fields[name])).find((id) => id !== null);
      if (job === undefined || job === null) throw new JobLost("unknown", "the response contains no job id");
      return job;
    },
    settle: async (job, signal) => {
      const startMs = clock.monotonicMs();
      let unreadable = 0;
      for (let delayMs = FIRST_POLL_MS; ; delayMs = Math.min(LONGEST_POLL_MS, delayMs * 1.5)) {
        const { state, message } = await readState(job, signal);
        if (state === null) {
          unreadable += 1;
          if (unreadable === MOST_UNREADABLE_STATES) {
            throw new JobLost("unknown", "the response contains no readable job state");
          }
        } else {
          unreadable = 0;
          if (protocol.finishedStates.includes(state)) return;
          if (protocol.lostStates.includes(state)) throw new JobLost(state, message);
          if (clock.monotonicMs() - startMs > LONGEST_JOB_MS) {
            throw new JobLost(state, "the job did not end in time");
          }
          onPoll?.(state);
        }
        await clock.sleep(Math.round(delayMs), signal);
      }
    },
    remove: async (job, signal) => {
      if (!protocol.canBeDeleted) return;
      const request = { method: "DELETE", path: pathOf(job), signal, isCleanUp: true };
      const answer = await api.send(request);
      if (answer.status >= 300 && !GONE.has(answer.status)) requireJson(request, answer, api.region);
    },
    resultsPath: (job) => `${pathOf(job)}${protocol.isOneAddress === true ? "" : "/results"}`,
  };
}
