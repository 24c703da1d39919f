import { asRecord, parseJson } from "../../../../core/json.ts";
import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";
import { failed, isNamed, type Sighting, succeeded, unanswered } from "../sighting.ts";
import { headersIn, isPlatformCode, mergeFailures, readEnvelope } from "./error-envelope.ts";
import { readFailedJob } from "./failed-job.ts";
import { fieldOf } from "./field-names.ts";
import { isHtml, statusOfPage, titleOf } from "./html-page.ts";
import { readPartialJob } from "./partial-job.ts";
import { isReceived, isServerSpan, readRecordRequest, responsesIn } from "./record-request.ts";
import { isResponseAlone, tagsOfRecord } from "./record-tags.ts";
import { withNamedAttributes } from "./telemetry.ts";
import { readTokenError } from "./token-error.ts";

const DEEPEST = 8;
const MOST_FAILURES = 500;
/** Limit of objects and strings searched in one document. A log record has dozens, a hostile one millions. */
const MOST_NODES = 50_000;
const LONGEST_JSON = 1_000_000;
const LONGEST_WORDS = 200_000;
/** Fields with text for people, which can contain a whole failure. */
const WORDS =
  /^(?:message|fullmessage|shortmessage|msg|log|error|err|stack|stacktrace|excinfo|traceback|exception(?:message)?|errormessage|usermessage|rawerrormessage|description|details?|cause|output|stdout|stderr|text|textpayload|body|response|responsebody|data|raw|event|reason)$/;

/** Words that identify the records of one request. */
type Tags = readonly string[];

/** Reads text inside a JSON value. */
type ReadText = (text: string) => readonly Sighting[];

/**
 * Returns the sightings in a JSON value: every platform error in it (the value itself, nested `errors`, the
 * `body` of an SDK's rejection, a log record's message that is JSON or a whole line), and requests that
 * succeeded or got no response. The innermost envelope with a code takes precedence over its wrappers.
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
    // Text next to an envelope repeats it, and text of any other field is data; only a body inside it adds
    // information.
    const isWrapped = !isProse || (known !== null && known.form !== "words");
    // The text is the message of the record, not of a response.
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
    const tags = [...before, ...tagsOfRecord(record)];
    const made = readRecordRequest(record);
    const isServed = isServerSpan(record) || (made !== null && isReceived(record, made));
    if (isServed) for (const response of responsesIn(record)) skipped.add(response);
    const request = isServed ? null : made;
    const envelope = isServed
      ? null
      : (readTokenError(record) ?? readFailedJob(record) ?? readPartialJob(record) ?? readEnvelope(record));
    const own = envelope !== null && isEntry(name, record) ? { ...envelope, isEntry: true } : envelope;
    const headers = headersIn(record);
    const around =
      own ??
      (request === null && Object.keys(headers).length === 0
        ? null
        : { ...NO_FAILURE_DETAILS, form: "words" as const, headers });
    const known =
      around === null ? outer : completed(request === null ? around : { ...around, request }, outer);
    const earlier = count();
    // Objects nested in the state of a job describe the same failure.
    if (!isListing(record) && own?.form !== "job") {
      const isPlatform = own?.code != null && isPlatformCode(own.code);
      for (const [field, child] of Object.entries(record)) {
        // `details` describes the fields of the request; only `errors` nests failures.
        if (field === "details" && (isPlatform || (own?.code != null && isListOfCodes(child)))) continue;
        // Errors without a platform status or code describe fields of the enclosing failure.
        if (
          field === "errors" &&
          own?.form === "api" &&
          own.status !== null &&
          own.code !== null &&
          areDetails(child)
        ) {
          continue;
        }
        const isRepetition = typeof child === "string" && repeatsEnvelope(field, child, isPlatform);
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
 * Whether text next to an envelope repeats it: the words of a platform body, or its message with parameters.
 * Text that quotes another body adds information, because a data action passes on the response to its own
 * call.
 */
function repeatsEnvelope(field: string, text: string, isPlatform: boolean): boolean {
  return /^\s*[{[]/.test(text) ? field === "messageWithParams" : isPlatform && !text.includes('{"');
}

/**
 * Whether a failure in text next to an envelope replaces it. An error from another service, called by a data
 * action, does not: the code of the platform's own response takes precedence.
 */
function isAnswer({ form, code }: Failure, known: Failure | null): boolean {
  if (form === "words" || code === null) return false;
  if (known?.form !== "api" || known.code === null) return true;
  return form !== "token-endpoint" && (isPlatformCode(code) || !isPlatformCode(known.code));
}

/** Whether an envelope is the report of a tool about its own failure, whose text names the call: a code, but no status. */
function isReport(known: Failure | null): boolean {
  return known?.form === "api" && known.status === null && known.code !== null && !isPlatformCode(known.code);
}

/**
 * Whether the text names the request of the enclosing failure, which shows none: `_status` next to `POST /a
 * returned 429`.
 */
function namesRequest({ status, request }: Failure, known: Failure | null): boolean {
  return known !== null && known.request === null && status === known.status && isNamed(request);
}

/** Whether a value lists nothing but codes, which then classify the enclosing failure. */
function isListOfCodes(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((item) => Object.keys(asRecord(item)).every((name) => /^(?:error)?code$/i.test(name)))
  );
}

/** Whether each of a list of errors has a non-platform code and no status. */
function areDetails(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((item) => {
      const { status, code, contextId } = asRecord(item);
      return (
        status === undefined && contextId === undefined && typeof code === "string" && !isPlatformCode(code)
      );
    })
  );
}

function completed(failure: Failure, outer: Failure | null): Failure {
  return outer === null ? failure : mergeFailures(failure, outer);
}

/** Whether a record is an entry in the response to a bulk request, with its own outcome. */
function isEntry(list: string, record: Readonly<Record<string, unknown>>): boolean {
  return /^(?:results|entities|items|responses|operations)$/i.test(list) && record["success"] === false;
}

/** Whether a record is an event of a notification channel, or an AudioHook message that is not an error. */
function isEvent(record: Readonly<Record<string, unknown>>): boolean {
  const isAudioHook = typeof record["seq"] === "number" && typeof record["parameters"] === "object";
  return (
    (typeof record["topicName"] === "string" && "eventBody" in record) ||
    (isAudioHook && typeof record["type"] === "string" && record["type"] !== "error")
  );
}

/** Whether a record is a page of the platform's objects, whose text is data. */
function isListing(record: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(record["entities"]) && !("errors" in record);
}

function isSuccess(status: number | null): boolean {
  return status !== null && status < 400;
}

/** The status next to a request, or in the object of its response. */
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
