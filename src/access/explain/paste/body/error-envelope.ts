import { asArray, asNumber, asRecord, asString, type JsonRecord } from "../../../../core/json.ts";
import { CALLED_SERVICE } from "../called-service.ts";
import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";
import { withoutApiError } from "./api-error.ts";
import { readFailedJob } from "./failed-job.ts";
import { fieldOf, textOf } from "./field-names.ts";
import { PLATFORM_SENTENCE } from "./platform-sentence.ts";
import { isServletError } from "./servlet-error.ts";
import { readTokenError } from "./token-error.ts";

/**
 * Parses the error fields of one JSON object: the API's `ErrorBody` or newer `ErrorDetails`, an SDK's error, or
 * the Terraform provider's `{statusCode, errorMessage}`. Null when the object has none of these forms.
 */
export function readEnvelope(record: JsonRecord): Failure | null {
  const status = fieldOf(record, "status", asStatus);
  // Phone calls end with codes that look like HTTP statuses.
  if (/^(?:sip|isdn|q\.?850)$/i.test(asString(record["type"]) ?? "")) return null;
  const code = refusalCode(textOf(record, "code") ?? asString(asRecord(record["detail"])["code"]));
  const message = messageIn(record) ?? scimDetail(record);
  const contextId = textOf(record, "contextId");
  const isAlone = Object.keys(record).length === 1;
  const isError =
    (status !== null && status >= 400) ||
    (code !== null && (message !== null || contextId !== null || isAlone)) ||
    (message !== null && (contextId !== null || isAlone)) ||
    (asStatus(record["code"]) ?? 0) >= 400 ||
    CALLED_SERVICE.test(message ?? "");
  if (!isError) return null;
  const ownCode = code !== null && statusFrom(code) !== null && code.length === 3 ? null : code;
  const isOfLibrary = status !== null && LIBRARY_ERROR.test(code ?? message ?? "");
  return withoutApiError({
    ...NO_FAILURE_DETAILS,
    // A message with only a correlation id can also be a log line, and the error of an HTTP library describes only the
    // status.
    form: isOfLibrary || (status === null && code === null && contextId !== null) ? "words" : "api",
    status: status ?? asStatus(record["code"]),
    code: isOfLibrary ? null : ownCode,
    message: isOfLibrary ? null : message,
    messageParams: readParams(record["messageParams"] ?? record["params"]),
    headers: headersIn(record),
    contextId,
    isReceived: isServletError(record),
  });
}

const LONGEST_MESSAGE = 5_000;
/** Matches the code or message of an HTTP library that only repeats the status: `ERR_BAD_REQUEST`. */
const LIBRARY_ERROR =
  /^(?:ERR_[A-Z0-9_]{2,60}|(?:Request failed with status code|Response code) \d{3}(?: \([\w ]{1,40}\))?)$/;

/**
 * Returns the message of a record. A log can store the platform's message in a field of another name next to its own:
 * `{"message": "call failed", "detail": "You are missing ..."}`.
 */
function messageIn(record: JsonRecord): string | null {
  const message = textOf(record, "message");
  if (isSentence(message)) return message;
  return Object.values(record).find(isSentence) ?? message;
}

function isSentence(value: unknown): value is string {
  return (
    typeof value === "string" && value.length < LONGEST_MESSAGE && PLATFORM_SENTENCE.exec(value)?.index === 0
  );
}

/** Returns the message of a SCIM error, which is in `detail` (RFC 7644 section 3.12). */
function scimDetail(record: JsonRecord): string | null {
  return Array.isArray(record["schemas"]) ? asString(record["detail"]) : null;
}

/** Returns the code unless it is an id, a template variable, or an authorization code, which is a secret. */
function refusalCode(code: string | null): string | null {
  return code !== null && /^(?:[0-9a-f]{8}-[0-9a-f]{4}-|\[secret|[$<{%]|#\{)/i.test(code) ? null : code;
}

/** Whether a JSON value is an error body, or contains one near its top level. */
export function looksLikeAnswer(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null || depth > 2) return false;
  if (Array.isArray(value)) return value.slice(0, 20).some((item) => looksLikeAnswer(item, depth + 1));
  const record = asRecord(value);
  if ((readTokenError(record) ?? readFailedJob(record) ?? readEnvelope(record)) !== null) return true;
  return ["body", "error", "errors", "response", "data", "err"].some((name) =>
    looksLikeAnswer(record[name], depth + 1),
  );
}

/**
 * Whether a code can be one of the platform's, which consist of words joined by dots or spaces. Node, axios and other
 * tools write codes like `ERR_BAD_REQUEST`.
 */
export function isPlatformCode(code: string): boolean {
  return code.length < 100 && /^[a-z][\w-]*(?:[. ][\w-]+){1,8}$/i.test(code);
}

/** Whether a list contains only codes, which then classify the failure around it. */
export function isListOfCodes(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((item) => Object.keys(asRecord(item)).every((name) => /^(?:error)?code$/i.test(name)))
  );
}

/** Whether every error in a list has a code that is not the platform's, and no status. */
export function areDetails(value: unknown): boolean {
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

/** Fills in missing fields of an inner failure from its wrapper, because an SDK puts the status next to the body. */
export function mergeFailures(inner: Failure, outer: Failure): Failure {
  return {
    form: inner.form,
    status: inner.status ?? outer.status,
    code: inner.code ?? outer.code,
    message: inner.message ?? outer.message,
    messageParams: { ...outer.messageParams, ...inner.messageParams },
    request: inner.request ?? outer.request,
    headers: { ...outer.headers, ...inner.headers },
    contextId: inner.contextId ?? outer.contextId,
    isEntry: inner.isEntry || outer.isEntry,
    isReceived: inner.isReceived || outer.isReceived,
    clause: inner.clause ?? outer.clause,
    block: inner.block ?? outer.block,
  };
}

/** Headers that a diagnosis uses. All other headers in a dump are dropped. */
const USEFUL_HEADERS: ReadonlySet<string> = new Set([
  "content-type",
  "location",
  "retry-after",
  "inin-correlation-id",
  "genesys-correlation-id",
  "inin-ratelimit-count",
  "inin-ratelimit-allowed",
  "inin-ratelimit-reset",
  "server",
  "via",
  "x-cache",
  "www-authenticate",
  "proxy-authenticate",
]);
const HEADER_FIELDS = ["headers", "responseHeaders", "Response Headers", "header", "invocation_headers"];

/** Returns the useful headers of an object `{name: value}` or `{name: [value]}`, with names in lower case. */
export function readHeaders(value: unknown): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, raw] of Object.entries(asRecord(value))) {
    const text = asString(raw) ?? asString(asArray(raw)[0]) ?? asNumber(raw)?.toString() ?? null;
    if (text !== null && USEFUL_HEADERS.has(name.toLowerCase())) headers[name.toLowerCase()] = text;
  }
  return headers;
}

/** Returns the useful headers of a record, including a `Retry-After` that a log stores in a separate field. */
export function headersIn(record: JsonRecord): Readonly<Record<string, string>> {
  const wait =
    record["retryAfter"] ?? record["retry_after"] ?? record["_retry_after"] ?? record["retry-after"];
  return { ...readHeaders({ "retry-after": wait }), ...headerObjectIn(record) };
}

/** Returns the useful headers in an object or in a list of `{key, value}`. */
function headerObjectIn(record: JsonRecord): Readonly<Record<string, string>> {
  const raw = HEADER_FIELDS.map((name) => record[name]).find((value) => value !== undefined);
  if (!Array.isArray(raw)) return readHeaders(raw);
  const pairs = raw.slice(0, 200).map((item): [string, unknown] => {
    const { key, name, value } = asRecord(item);
    return [asString(key) ?? asString(name) ?? "", value];
  });
  return readHeaders(Object.fromEntries(pairs));
}

function readParams(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(asRecord(value)).flatMap(([name, item]): [string, string][] => {
    const text =
      asString(item) ??
      (Array.isArray(item) ? `[${item.filter((part) => typeof part === "string").join(", ")}]` : null);
    return text === null ? [] : [[name, text]];
  });
  return Object.fromEntries(entries);
}

/** Parses a status at the start of a string: `403`, `403 Forbidden`. */
export function statusFrom(text: string): number | null {
  const [, digits] = /^([1-5]\d\d)\b/.exec(text) ?? [];
  return digits === undefined ? null : Number(digits);
}

function asStatus(value: unknown): number | null {
  const status = typeof value === "string" && /^\d{3}$/.test(value) ? Number(value) : asNumber(value);
  return status !== null && Number.isInteger(status) && status >= 100 && status <= 599 ? status : null;
}
