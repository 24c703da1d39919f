import { asRecord, parseJson } from "../../../../core/json.ts";
import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";
import { failed, isNamed, type Sighting, succeeded, unanswered } from "../sighting.ts";
import { readCountedStatuses } from "./counted-statuses.ts";
import {
  areDetails,
  headersIn,
  isListOfCodes,
  isPlatformCode,
  mergeFailures,
  readEnvelope,
} from "./error-envelope.ts";
import { readFailedJob } from "./failed-job.ts";
import { fieldOf } from "./field-names.ts";
import { isHtml, statusOfPage, titleOf } from "./html-page.ts";
import { readPartialJob } from "./partial-job.ts";
import {
  isLibraryError,
  isOwnCall,
  isReceived,
  isServerSpan,
  readRecordRequest,
  requestTold,
  responsesIn,
} from "./record-request.ts";
import { isResponseAlone, tagsOfRecord } from "./record-tags.ts";
import { withNamedAttributes } from "./telemetry.ts";
import { readTokenError } from "./token-error.ts";

const DEEPEST = 8;
const MOST_FAILURES = 500;
/**
 * Maximum number of objects and strings visited in one document. A log record has dozens; a hostile one can have
 * millions.
 */
const MOST_NODES = 50_000;
const LONGEST_JSON = 1_000_000;
const LONGEST_WORDS = 200_000;
/** Matches names of fields that contain text for people. Such text can describe a whole failure. */
const WORDS =
  /^(?:message|fullmessage|shortmessage|msg|log|error|err|stack|stacktrace|excinfo|traceback|exception(?:message)?|errormessage|usermessage|rawerrormessage|description|details?|cause|output|stdout|stderr|text|textpayload|body|response|responsebody|data|raw|event|reason)$/;

/** Ids that connect the records of one request. */
type Tags = readonly string[];

/** Reads text inside a JSON value. */
type ReadText = (text: string) => readonly Sighting[];

/**
 * Returns the failures and requests in a JSON value. Failures can be the value itself, nested `errors`, the
 * `body` of an SDK error, or the message of a log record. Requests are those that succeeded or got no response.
 * The innermost error with a code takes precedence over its wrappers.
 */
export function readValue(value: unknown, readText: ReadText): readonly Sighting[] {
  const found: Sighting[] = [];
  const skipped = new Set<unknown>();
  let nodes = 0;
  const count = (): number => found.filter(({ outcome }) => outcome === "failure").length;

  const visitText = (name: string, text: string, depth: number, known: Failure | null, tags: Tags): void => {
    const trimmed = text.trim();
    const page = isHtml(trimmed) ? (known?.status ?? statusOfPage(trimmed)) : null;
    if (page !== null && page >= 400) {
      found.push(
        failed([
          completed({ ...NO_FAILURE_DETAILS, form: "html", status: page, message: titleOf(trimmed) }, known),
        ]),
      );
      return;
    }
    if (/^[{[]/.test(trimmed) && trimmed.length < LONGEST_JSON) {
      const inner = parseJson(trimmed);
      if (inner !== undefined) {
        visit(name, inner, depth + 1, known, tags);
        return;
      }
    }
    const field = name.toLowerCase().replace(/[^a-z]/g, "");
    const isProse = WORDS.test(field) || (field === "errordescription" && isReport(known));
    if ((!isProse && !trimmed.includes('{"')) || trimmed.length > LONGEST_WORDS) return;
    // Text next to an error repeats it, and text in any other field is data. Only an error body inside such text
    // adds information.
    const isWrapped = !isProse || (known !== null && known.form !== "words");
    // This text is the message of the log record, not of a response.
    const outer = known === null || known.message !== text ? known : { ...known, message: null };
    for (const sighting of readText(trimmed)) {
      if (
        isReport(known) &&
        sighting.failures.some(({ status, request }) => status !== null && isNamed(request))
      ) {
        found.push(sighting);
        continue;
      }
      const failures = sighting.failures.filter(
        (failure) => !isWrapped || isAnswer(failure, known) || namesRequest(failure, known),
      );
      const whole = failures.map((failure) => completed(failure, outer));
      if (whole.length > 0) found.push(failed(whole, [...tags, ...sighting.tags]));
      else if (!isWrapped && sighting.outcome !== "failure") found.push(sighting);
    }
  };

  const visit = (name: string, node: unknown, depth: number, outer: Failure | null, before: Tags): void => {
    if (depth > DEEPEST || found.length >= MOST_FAILURES || ++nodes > MOST_NODES) return;
    if (typeof node === "string") {
      visitText(name, node, depth - 1, outer, before);
      return;
    }
    if (Array.isArray(node)) {
      for (const item of node) visit(name, item, depth + 1, outer, before);
      return;
    }
    if (typeof node !== "object" || node === null || skipped.has(node)) return;
    const record = withNamedAttributes(asRecord(node));
    if (isEvent(record)) return;
    const counted = readCountedStatuses(name, record);
    if (counted !== null) {
      for (const status of counted) found.push(failed([{ ...NO_FAILURE_DETAILS, form: "words", status }]));
      return;
    }
    const tags = [...before, ...tagsOfRecord(record)];
    const made = readRecordRequest(record);
    const isServed = isServerSpan(record) || (made !== null && isReceived(record, made));
    if (isServed) for (const response of responsesIn(record)) skipped.add(response);
    const request = isServed ? null : made;
    const envelope = isServed
      ? null
      : (readTokenError(record) ?? readFailedJob(record) ?? readPartialJob(record) ?? readEnvelope(record));
    const isPart = isEntry(name, record);
    const own = envelope !== null && isPart ? { ...envelope, isEntry: true } : envelope;
    const headers = headersIn(record);
    const around =
      own ??
      (request === null && Object.keys(headers).length === 0 && !isPart
        ? null
        : { ...NO_FAILURE_DETAILS, form: "words" as const, headers, isEntry: isPart });
    const known =
      around === null ? outer : completed(request === null ? around : { ...around, request }, outer);
    const earlier = count();
    // Objects nested in the state of a job describe the same failure.
    if (!isListing(record) && own?.form !== "job") {
      const isPlatform = own?.code != null && isPlatformCode(own.code);
      for (const [field, child] of Object.entries(record)) {
        // `details` describes the fields of the request; only `errors` contains failures.
        if (field === "details" && (isPlatform || (own?.code != null && isListOfCodes(child)))) continue;
        // Errors without a platform status or code belong to individual fields of the request.
        if (
          field === "errors" &&
          own?.form === "api" &&
          own.status !== null &&
          own.code !== null &&
          areDetails(child)
        ) {
          continue;
        }
        if (isOwnCall(field, record) || isLibraryError(field, record)) continue;
        const isRepetition =
          typeof child === "string" &&
          (repeatsEnvelope(field, child, isPlatform) || (request !== null && requestTold(child) !== null));
        if (!isRepetition) visit(field, child, depth + 1, known, tags);
      }
    }
    if (count() > earlier) return;
    if (own !== null) {
      found.push(failed([known ?? own], tags));
    } else if (request !== null && isNamed(request) && outer?.request == null) {
      const status = statusIn(node);
      found.push(isSuccess(status) ? succeeded(request, tags) : unanswered(request, tags));
    } else if (request === null && depth === 0 && isResponseAlone(record) && isSuccess(statusIn(record))) {
      found.push(succeeded(null, tags));
    }
  };
  visit("", value, 0, null, []);
  return found;
}

/**
 * Whether text next to an error repeats it: plain text next to a platform error, or `messageWithParams`. Text that
 * contains another error body is not a repetition, because a data action quotes the response that it got.
 */
function repeatsEnvelope(field: string, text: string, isPlatform: boolean): boolean {
  return /^\s*[{[]/.test(text) ? field === "messageWithParams" : isPlatform && !text.includes('{"');
}

/**
 * Whether a failure found in text replaces the error next to that text. An error that a data action quotes from another
 * service does not replace it, because the platform's own code takes precedence.
 */
function isAnswer({ form, code }: Failure, known: Failure | null): boolean {
  if (form === "words" || code === null) return false;
  if (known?.form !== "api" || known.code === null) return true;
  return form !== "token-endpoint" && (isPlatformCode(code) || !isPlatformCode(known.code));
}

/**
 * Whether an error is a tool's report about its own failure, with a code from the tool and no status. The error's
 * text then describes the call.
 */
function isReport(known: Failure | null): boolean {
  return known?.form === "api" && known.status === null && known.code !== null && !isPlatformCode(known.code);
}

/**
 * Whether text names the request of the failure next to it, which shows only a status: `"_status": 429` next to
 * `POST /a returned 429`.
 */
function namesRequest({ status, request }: Failure, known: Failure | null): boolean {
  return known !== null && known.request === null && status === known.status && isNamed(request);
}

function completed(failure: Failure, outer: Failure | null): Failure {
  return outer === null ? failure : mergeFailures(failure, outer);
}

/** Whether a record is a failed entry in the response to a bulk request. */
function isEntry(list: string, record: Readonly<Record<string, unknown>>): boolean {
  return /^(?:results|entities|items|responses|operations)$/i.test(list) && record["success"] === false;
}

/** Whether a record is an event from a notification channel, or an AudioHook message that is not an error. */
function isEvent(record: Readonly<Record<string, unknown>>): boolean {
  const isAudioHook = typeof record["seq"] === "number" && typeof record["parameters"] === "object";
  return (
    (typeof record["topicName"] === "string" && "eventBody" in record) ||
    (isAudioHook && typeof record["type"] === "string" && record["type"] !== "error")
  );
}

/** Whether a record is one page of a listing. The text in its objects is data. */
function isListing(record: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(record["entities"]) && !("errors" in record);
}

function isSuccess(status: number | null): boolean {
  return status !== null && status < 400;
}

/** Returns the status next to a request, or inside the object that describes the response. */
function statusIn(node: object): number | null {
  const record = asRecord(node);
  const read = (value: unknown): number | null =>
    typeof value === "number" && value >= 100 && value < 600 ? value : null;
  return (
    fieldOf(record, "status", read) ??
    fieldOf(asRecord(record["response"]), "status", read) ??
    read(asRecord(record["response"])["code"]) ??
    fieldOf(asRecord(record["http"]), "status", read)
  );
}
