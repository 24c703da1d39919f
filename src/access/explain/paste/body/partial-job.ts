import { asArray, asNumber, asRecord, asString, type JsonRecord } from "../../../../core/json.ts";
import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";

const NOTHING_SHOWN = { ...NO_FAILURE_DETAILS, form: "job" as const };

/**
 * Parses a bulk job for recordings, or a batch of downloads, in which some parts failed. The response has status
 * 200, so only its counts show the failure. Null for any other record, and when no part failed.
 */
export function readPartialJob(record: JsonRecord): Failure | null {
  return readRecordingJob(record) ?? readBatch(record);
}

function readRecordingJob(record: JsonRecord): Failure | null {
  const failedCount = asNumber(record["totalFailedRecordings"]) ?? 0;
  if (failedCount <= 0) return null;
  return {
    ...NOTHING_SHOWN,
    message: asString(record["errorMessage"]),
    messageParams: paramsOf(failedCount, asNumber(record["totalRecordings"]), asString(record["state"])),
  };
}

function readBatch(record: JsonRecord): Failure | null {
  const failedCount = asNumber(record["errorCount"]) ?? 0;
  const results = asArray(record["results"]).map(asRecord);
  const isBatch =
    record["expectedResultCount"] !== undefined || results.some((each) => "recordingId" in each);
  if (failedCount <= 0 || !isBatch) return null;
  const messages = results.flatMap((each) => asString(each["errorMsg"]) ?? []);
  return {
    ...NOTHING_SHOWN,
    message: messages[0] ?? null,
    messageParams: paramsOf(failedCount, asNumber(record["expectedResultCount"]), null),
  };
}

/**
 * Matches the count of failed recordings in a log or in prose: `totalFailedRecordings=18`,
 * `totalFailedRecordings is 5`.
 */
const COUNT = /\btotalFailedRecordings\b["'`]?(?:\s{0,3}[:=]\s{0,3}|\s(?:is|was|of|says|shows)\s)(\d{1,9})\b/;
const STATE = /\bstate\b["'`]?(?:\s{0,3}[:=]\s{0,3}|\s(?:is\s)?)["'`]?([A-Z]{4,12})\b/i;

/** Whether the text reports a count of failed recordings. */
export function saysPartialJob(text: string): boolean {
  return COUNT.test(text);
}

/** Returns the failure described by a count of failed recordings in the text; null if none exists. */
export function readPartialJobWords(words: string, around: Failure): Failure | null {
  const [, count] = COUNT.exec(words) ?? [];
  const isRefused = around.status !== null && around.status >= 400;
  if (count === undefined || Number(count) === 0 || isRefused) return null;
  const [, state = null] = STATE.exec(words) ?? [];
  return {
    ...around,
    form: "job",
    status: null,
    message: null,
    messageParams: paramsOf(Number(count), null, state),
  };
}

function paramsOf(failed: number, total: number | null, state: string | null): Failure["messageParams"] {
  return {
    failed: String(failed),
    ...(total === null ? {} : { total: String(total) }),
    ...(state === null ? {} : { state: state.toUpperCase() }),
  };
}
