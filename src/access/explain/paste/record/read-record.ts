import { mergeFailures, readHeaders } from "../body/error-envelope.ts";
import { isHtml, statusOfPage, titleOf } from "../body/html-page.ts";
import { readLooseFields } from "../body/loose-fields.ts";
import { readPartialJobWords, saysPartialJob } from "../body/partial-job.ts";
import { PLATFORM_SENTENCE } from "../body/platform-sentence.ts";
import { readValue } from "../body/value-sightings.ts";
import type { Failure, RequestSeen } from "../failure.ts";
import { findMentions } from "../request/mentions.ts";
import { readRequest } from "../request/read-request.ts";
import { readTerraformBlock } from "../request/terraform-block.ts";
import {
  ACCESS_CHANGED,
  failed,
  isLogin,
  isNamed,
  mergeRequests,
  type Sighting,
  succeeded,
  unanswered,
} from "../sighting.ts";
import { isCallback, readCallbackError, readLoginWords } from "./callback-error.ts";
import { isProxyRefusal, readConnectionFailure, withoutAnswer } from "./connection-failure.ts";
import type { TextRecord } from "./cut-records.ts";
import { readJobState, saysJobState } from "./job-state.ts";
import { readCalls } from "./lines/read-calls.ts";
import { hasMark, type MaskedText, withoutMarks } from "./masked-text.ts";
import { readProviderError } from "./provider-error.ts";
import { readQuotedMessage } from "./quoted-message.ts";
import { isAccessLog, isReceivedRequest } from "./received-request.ts";
import { readRefusalWords } from "./refusal-words.ts";
import { readSocketClose } from "./socket-close.ts";
import { findStatuses, statusOfWords } from "./status/status-words.ts";
import { statusesBeside } from "./status/statuses-beside.ts";
import { announcesFailure, reportsAccessChange, reportsRepetition } from "./success-words.ts";
import { LONGEST_HEAD, tagOfLogin, tagsIn } from "./text-tags.ts";
import { readTranscriptRecord } from "./transcript-record.ts";

/** Maximum number of characters read in one record. Masked JSON and pages do not count. */
const LONGEST_RECORD = 200_000;

/** Matches a report that one entry of a bulk request failed: `one entry comes back with 403`. */
const ONE_ENTRY =
  /\b(?:one|a single|only one|an|some|\d{1,5}) (?:of (?:the |our )?\w{2,20} )?(?:entry|entries|item|items|element|row|rows|record|records)\b[^.\n]{0,30}\b(?:comes? back|came back|fail(?:s|ed)?|g[eo]ts?|returns?|returned|rejected|refused|answers?)\b[^.\n]{0,30}\b[45]\d\d\b/i;

/**
 * Returns what one record of masked text shows. `readText` parses text inside a JSON value. `blockOf` returns
 * the Terraform block of an error that does not name its block.
 */
export function readRecord(
  record: TextRecord,
  masked: MaskedText,
  readText: (text: string) => readonly Sighting[],
  blockOf: (error: string) => string | null,
): readonly Sighting[] {
  const { text, isExchange } = record;
  if (isPlainSuccess(record)) return skimRecord(record);
  // The request of a browser that comes back from the login page is no call, and its error needs no response.
  if (isExchange && (record.status !== null || !isCallback(text))) return readTranscriptRecord(text, masked);
  const words = withoutMarks(text.slice(0, LONGEST_RECORD));
  const tags = tagsIn(words).slice(0, 8);
  const around = describeAround(
    text.slice(0, LONGEST_RECORD),
    masked,
    record.isClause ? record.status : null,
    blockOf,
  );
  const parts = masked.partsOf(text).flatMap(({ value, raw }) => readPart(value, raw, around, readText));
  const sightings = parts.map(withoutAnswer);
  const failures = sightings.filter(({ outcome }) => outcome === "failure");
  if (failures.length > 0) {
    const answered = withAnsweredCall(around, failures, text, masked);
    return sightings.map((sighting) => surround(sighting, answered, tags));
  }
  if (isReceivedRequest(words, around.request)) return sightings;
  const reported = readProviderError(text, masked.partsOf(text));
  if (reported !== null) return [failed([reported], tags)];
  const own = readWords(words, around) ?? readJobState(words, around) ?? readPartialJobWords(words, around);
  if (own !== null) {
    const told = record.isClause ? { ...own, clause: words } : own;
    return [
      failed([told, ...failuresBeside(own, words)], [...tags, ...tagOfLogin(words)]),
      ...closedBeside(own, words),
    ];
  }
  const isRepetition = reportsRepetition(words);
  if ((around.status !== null && around.status < 400 && !announcesFailure(words)) || isRepetition) {
    return [...sightings, succeeded(around.request, tags, isRepetition)];
  }
  if (around.request === null || !isNamed(around.request)) {
    return reportsAccessChange(words.slice(0, LONGEST_HEAD)) ? [...sightings, ACCESS_CHANGED] : sightings;
  }
  return [...sightings, ...readCalls(words, around.request, tags)];
}

/**
 * Returns a failure for each other status that the sentence about a bare status reports for the same request:
 * `user A gets a 403, user B a 404`.
 */
function failuresBeside(own: Failure, words: string): readonly Failure[] {
  const isBare = own.form === "words" && own.code === null && own.message === null && own.contextId === null;
  if (!isBare || own.status === null || !isNamed(own.request)) return [];
  return statusesBeside(words, own.status).map((status) => ({ ...own, status }));
}

/**
 * Returns the closed socket that a sentence reports next to a refusal:
 * `the call answers 403, and the socket closes with 1006`.
 */
function closedBeside({ form, status }: Failure, words: string): readonly Sighting[] {
  const closed = form === "network" || status === null ? null : readSocketClose(words);
  return closed === null ? [] : [failed([closed])];
}

function isPlainSuccess({ text, status, isExchange }: TextRecord): boolean {
  return (
    status !== null &&
    status < 400 &&
    !isExchange &&
    !hasMark(text) &&
    !isCallback(text) &&
    !saysJobState(text) &&
    !saysPartialJob(text)
  );
}

/**
 * Returns the facts about a record that are known before its text is parsed: its request, and whether it
 * succeeded.
 */
export function skimRecord({ text, request, status }: TextRecord): readonly Sighting[] {
  const tags = tagsIn(text.slice(0, LONGEST_HEAD));
  if (status !== null && !announcesFailure(text)) return [succeeded(request, tags, reportsRepetition(text))];
  return request === null ? [] : [unanswered(request, tags)];
}

function readPart(
  value: unknown,
  raw: string,
  around: Failure,
  readText: (text: string) => readonly Sighting[],
): readonly Sighting[] {
  if (value !== undefined) return readValue(value, readText);
  return isHtml(raw)
    ? [
        failed([
          { ...around, form: "html", status: around.status ?? statusOfPage(raw), message: titleOf(raw) },
        ]),
      ]
    : [];
}

/**
 * Replaces the login request in source code with the call after it when the response has a correlation id of the API.
 */
function withAnsweredCall(
  around: Failure,
  sightings: readonly Sighting[],
  text: string,
  masked: MaskedText,
): Failure {
  const isOfApi = sightings.every(({ failures }) => failures.every(({ contextId }) => contextId !== null));
  if (!isOfApi || !isLogin(around.request)) return around;
  return { ...around, request: requestIn(text.slice(0, LONGEST_RECORD), masked, true) ?? around.request };
}

/** Fills in missing details of the failures in a JSON value from the surrounding text. */
function surround(sighting: Sighting, around: Failure, tags: readonly string[]): Sighting {
  if (sighting.outcome !== "failure") return sighting;
  const { message, form: _, code: __, ...rest } = around;
  // A tool can print the message beside a body that does not repeat it.
  const told = PLATFORM_SENTENCE.test(message ?? "") ? message : null;
  const outer: Failure = { ...rest, form: "words", code: null, message: null };
  const failures = sighting.failures.map((failure) => ({
    ...mergeFailures(failure, failure.code === null ? { ...outer, message: told } : outer),
    request: mergeRequests(failure.request, around.request),
  }));
  return failed(failures, [...sighting.tags, ...tags]);
}

/**
 * Returns the failure that a record without JSON describes: error fields, a callback URL, a closed socket, a
 * connection failure or a status. Null if it describes none.
 */
function readWords(words: string, around: Failure): Failure | null {
  const callback = readCallbackError(words);
  if (callback !== null) return callback;
  const loose = isProxyRefusal(words) ? null : readLooseFields(words);
  if (loose !== null && (loose.code !== null || around.status !== null)) {
    return {
      ...mergeFailures(loose, { ...around, message: null }),
      message: messageOf(loose, around),
    };
  }
  const closed = around.status === null ? readSocketClose(words) : null;
  if (closed !== null) return closed;
  const connection = readConnectionFailure(words, around);
  if (connection !== null) return connection;
  const isRefusal = around.form === "token-endpoint" || around.message !== null || around.code !== null;
  if ((around.status !== null && around.status >= 400) || (around.status === null && isRefusal)) {
    return around;
  }
  return around.status === null ? readLoginWords(words) : null;
}

/** Prefers the service's message over a log record's own message. */
function messageOf({ message: first }: Failure, { message: second }: Failure): string | null {
  const isSecond = PLATFORM_SENTENCE.test(second ?? "") && !PLATFORM_SENTENCE.test(first ?? "");
  return isSecond ? second : (first ?? second);
}

/**
 * Describes a record by the words around its JSON: the request, the status, the ids and the platform's message.
 */
function describeAround(
  text: string,
  masked: MaskedText,
  known: number | null,
  blockOf: (error: string) => string | null,
): Failure {
  const words = withoutMarks(text);
  const refusal = readRefusalWords(words);
  const headers = masked.partsOf(text).map(({ value }) => readHeaders(value));
  const status = refusal.status ?? statusIn(text) ?? known ?? statusOfWords(words);
  const told = status !== null && status >= 400 ? readQuotedMessage(words) : null;
  return {
    ...refusal,
    message: refusal.message ?? (told === refusal.code ? null : told),
    headers: Object.assign({}, ...headers, refusal.headers) as Failure["headers"],
    status,
    request: requestIn(text, masked),
    isEntry: ONE_ENTRY.test(words),
    isReceived: isAccessLog(words),
    block: readTerraformBlock(words) ?? (status === null || status < 400 ? null : blockOf(words)),
  };
}

function requestIn(text: string, masked: MaskedText, isOfApi = false): RequestSeen | null {
  const isCommand = /\bcurl(?:\.exe)?\s|\bfetch\(\s{0,8}["'`]https?:/.test(text);
  return readRequest(isCommand ? masked.unmask(text).slice(0, LONGEST_RECORD) : withoutMarks(text), isOfApi);
}

/** Returns the first status of a record that is a refusal, or otherwise its first status. */
function statusIn(text: string): number | null {
  const ends = findMentions(text).map(({ end }) => end);
  const statuses = findStatuses(text, ends).map(({ status }) => status);
  return statuses.find((status) => status >= 400) ?? statuses[0] ?? null;
}
