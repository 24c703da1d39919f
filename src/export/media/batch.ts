import type { RecordingOperations } from "../../analytics/datasets/file-operations.ts";
import { JobLost } from "../../analytics/jobs/job-lost.ts";
import type { Clock } from "../../core/clock.ts";
import { asRecord, asString } from "../../core/json.ts";
import { Secret } from "../../core/secret.ts";
import { pathSegment } from "../../core/text.ts";
import type { Api } from "../../platform/api/api.ts";
import { requireJson } from "../../platform/api/api-client.ts";
import { MOST_UNREADABLE_STATES } from "../../platform/reading/state-word.ts";
import { type MediaOutcome, without, withoutAddresses } from "./outcome.ts";

/** A recording or transcript whose file is wanted. */
export interface WantedMedia {
  readonly id: string;
  readonly conversationId: string;
}

/** Signed URL of a file. It is a credential while it is valid, so it is sent only to the file's own host. */
export interface MediaAddress {
  readonly url: Secret;
  readonly contentType: string | null;
}

export interface BatchPorts {
  readonly api: Api;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const FIRST_POLL_MS = 500;
const LONGEST_POLL_MS = 15_000;
/** Time without a new result after which a batch is considered finished. The platform publishes no limit. */
const LONGEST_STILLNESS_MS = 10 * 60_000;
/**
 * Maximum number of times that a submission is repeated. A submission without a response may have created a
 * batch, but a batch changes no data, so submitting again is safe.
 */
const MOST_RESUBMISSIONS = 2;
/** Maximum plausible number of results per recording, because a recording has one file per medium. */
const MOST_RESULTS_EACH = 10;
/** Status codes of a poll that can only mean that the service does not know the batch. */
const UNKNOWN = new Set([400, 404, 410]);

/**
 * Requests the addresses for one batch of recordings and waits for them. The caller must not exceed the maximum batch
 * size.
 * @returns for each recording its address, or the reason why it has none; recordings that the batch omitted are absent
 * @throws ApiError for a refusal, JobLost when the service no longer knows the batch
 */
export async function requestAddresses(
  { api, clock, signal }: BatchPorts,
  { batchPath }: RecordingOperations,
  wanted: readonly WantedMedia[],
): Promise<ReadonlyMap<string, MediaAddress | MediaOutcome>> {
  const submission = {
    method: "POST",
    path: batchPath,
    body: {
      batchDownloadRequestList: wanted.map(({ id, conversationId }) => ({ conversationId, recordingId: id })),
    },
    repeatable: true,
    mostRepeats: MOST_RESUBMISSIONS,
    signal,
  };
  const { id } = asRecord(requireJson(submission, await api.send(submission), api.region));
  const job = asString(id);
  if (job === null) throw new JobLost("unknown", "the response contains no batch id");
  const poll = { method: "GET", path: `${batchPath}/${pathSegment(job)}`, signal };
  let results: readonly unknown[] = [];
  let movedAtMs = clock.monotonicMs();
  let unreadable = 0;
  for (let delayMs = FIRST_POLL_MS; ; delayMs = Math.min(LONGEST_POLL_MS, delayMs * 1.5)) {
    const answer = await api.send(poll);
    if (UNKNOWN.has(answer.status)) {
      throw new JobLost("unknown", `the service no longer knows the batch (${answer.status})`);
    }
    const status = asRecord(requireJson(poll, answer, api.region));
    const found = status["results"] ?? [];
    if (!Array.isArray(found)) {
      unreadable += 1;
      if (unreadable === MOST_UNREADABLE_STATES) {
        throw new JobLost("unknown", "the response contains no readable list of results");
      }
    } else {
      unreadable = 0;
      if (found.length > results.length) movedAtMs = clock.monotonicMs();
      results = found;
    }
    // The platform does not document whether its count includes errors, so genscope counts the results.
    const expected = expectedOf(status["expectedResultCount"], wanted.length);
    const isStill = clock.monotonicMs() - movedAtMs > LONGEST_STILLNESS_MS;
    if (results.length >= expected || isStill) return readResults(results);
    await clock.sleep(Math.round(delayMs), signal);
  }
}

/** Returns the announced number of results, or the number of recordings when the announced one is implausible. */
function expectedOf(announced: unknown, recordings: number): number {
  const isNumber = Number.isSafeInteger(announced) && Number(announced) >= 0;
  return isNumber && Number(announced) <= recordings * MOST_RESULTS_EACH ? Number(announced) : recordings;
}

function readResults(results: readonly unknown[]): ReadonlyMap<string, MediaAddress | MediaOutcome> {
  const found = new Map<string, MediaAddress | MediaOutcome>();
  for (const item of results) {
    const result = asRecord(item);
    const id = asString(result["recordingId"]);
    if (id === null) continue;
    const url = asString(result["resultUrl"]);
    const error = asString(result["errorMsg"]);
    const isSecond = found.has(id) && "url" in (found.get(id) ?? {});
    if (url !== null) {
      found.set(
        id,
        isSecond
          ? without("several_files", "the batch returned several files for one recording")
          : { url: new Secret(url), contentType: asString(result["contentType"]) },
      );
    } else if (!found.has(id)) {
      found.set(
        id,
        error === null
          ? without("no_result", "the batch returned no URL")
          : without("batch_failed", withoutAddresses(error)),
      );
    }
  }
  return found;
}
