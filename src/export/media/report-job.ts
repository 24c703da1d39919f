import { JobLost } from "../../analytics/jobs/job-lost.ts";
import { asRecord, asString, type JsonRecord } from "../../core/json.ts";
import { Secret } from "../../core/secret.ts";
import { pathSegment } from "../../core/text.ts";
import type { ApiRequest } from "../../platform/api/api.ts";
import { requireJson } from "../../platform/api/api-client.ts";
import { asStateWord, MOST_UNREADABLE_STATES } from "../../platform/reading/state-word.ts";
import type { BatchPorts } from "./batch.ts";
import { withoutAddresses } from "./outcome.ts";

/** State of a job that creates files. The response to the submission may already contain their addresses. */
export interface ReportState {
  readonly id: string | null;
  /** Addresses of the files; null while the job runs. */
  readonly addresses: readonly Secret[] | null;
}

/** A response about a job. */
interface ReportAnswer extends ReportState {
  /** Whether the response contains addresses or a state. Any other response says nothing about the job. */
  readonly isReadable: boolean;
}

const FIRST_POLL_MS = 500;
const LONGEST_POLL_MS = 15_000;
/** Time after which genscope gives up on a job. The platform publishes no limit. */
const LONGEST_JOB_MS = 30 * 60_000;
/**
 * Maximum number of times that a submission is repeated. A submission without a response may have created a job,
 * but a job changes no data, so submitting again is safe.
 */
const MOST_RESUBMISSIONS = 2;
/** Status codes of a poll that can only mean that the service does not know the job. */
const UNKNOWN = new Set([400, 404, 410]);
/** States that end a job without files, in any spelling. */
const ENDED = /cancel|error|fail|expire/i;

/**
 * Submits a job.
 * @throws ApiError for a refusal, JobLost for a response without a job
 */
export async function submitReport(
  { api, signal }: BatchPorts,
  path: string,
  body: JsonRecord,
): Promise<ReportState> {
  const request = { method: "POST", path, body, repeatable: true, mostRepeats: MOST_RESUBMISSIONS, signal };
  const { id, addresses } = stateOf(requireJson(request, await api.send(request), api.region));
  if (id === null && addresses === null) throw new JobLost("unknown", "the response contains no job id");
  return { id, addresses };
}

/**
 * Waits for the files of a job.
 * @throws ApiError for a refusal, JobLost for a job that ended without files, is unknown or takes too long
 */
export async function awaitReport(
  { api, clock, signal }: BatchPorts,
  path: string,
  id: string,
): Promise<readonly Secret[]> {
  const request: ApiRequest = { method: "GET", path: `${path}/jobs/${pathSegment(id)}`, signal };
  const beganAtMs = clock.monotonicMs();
  let unreadable = 0;
  for (let delayMs = FIRST_POLL_MS; ; delayMs = Math.min(LONGEST_POLL_MS, delayMs * 1.5)) {
    const answer = await api.send(request);
    if (UNKNOWN.has(answer.status)) {
      throw new JobLost("unknown", `the service no longer knows the job (${answer.status})`);
    }
    const { addresses, isReadable } = stateOf(requireJson(request, answer, api.region));
    if (addresses !== null) return addresses;
    unreadable = isReadable ? 0 : unreadable + 1;
    if (unreadable === MOST_UNREADABLE_STATES) {
      throw new JobLost("unknown", "the response contains no readable job state");
    }
    if (clock.monotonicMs() - beganAtMs > LONGEST_JOB_MS) {
      throw new JobLost("unknown", "the job has no results after 30 minutes");
    }
    await clock.sleep(Math.round(delayMs), signal);
  }
}

/** Reads the state of a job. @throws JobLost for a job that ended without files, and for unreadable addresses */
function stateOf(answer: unknown): ReportAnswer {
  const { job, downloadUrls } = asRecord(answer);
  const { id, status } = asRecord(job);
  const state = asStateWord(status);
  if (state !== null && ENDED.test(state)) {
    throw new JobLost(withoutAddresses(state).toUpperCase(), "it has no results");
  }
  const addresses = addressesIn(downloadUrls);
  const isDone = addresses.length > 0 || (state !== null && /^complete/i.test(state));
  return {
    id: asString(id),
    addresses: isDone ? addresses.map((each) => new Secret(each)) : null,
    isReadable: isDone || state !== null,
  };
}

/** Returns the addresses of the files. Throws when one cannot be parsed, because skipping it would lose records. */
function addressesIn(downloadUrls: unknown): readonly string[] {
  const values = downloadUrls ?? [];
  if (Array.isArray(values) && values.every((value) => asString(value) !== null)) return values as string[];
  throw new JobLost("unknown", "the result URLs cannot be read");
}
