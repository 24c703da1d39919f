import { asArray, asNumber, asRecord, asString, type JsonRecord, parseJson } from "../../../core/json.ts";
import { type Failure, NO_FAILURE_DETAILS, type RequestSeen } from "./failure.ts";
import { requestFromUrl } from "./request-line.ts";
import { readTokenError } from "./token-error.ts";

const DEEPEST = 8;
const MOST_FAILURES = 200;
/** Limit of objects and strings searched in one document. A log record has tens, a hostile one millions. */
const MOST_NODES = 50_000;

/**
 * Returns every platform error inside a JSON value: the value itself, nested `errors`, `body` of an SDK's
 * rejection, a log record's message that is JSON again. The innermost envelope with a code takes precedence.
 */
export function readEnvelopes(value: unknown): readonly Failure[] {
  const found: Failure[] = [];
  let nodes = 0;
  const visit = (node: unknown, depth: number, outer: Failure | null): void => {
    if (depth > DEEPEST || found.length >= MOST_FAILURES || ++nodes > MOST_NODES) return;
    if (typeof node === "string") {
      const text = node.trim();
      if (/^[{[]/.test(text) && text.length < 1_000_000) visit(parseJson(text), depth + 1, outer);
      return;
    }
    if (Array.isArray(node)) {
      for (const item of node) visit(item, depth + 1, outer);
      return;
    }
    if (typeof node !== "object" || node === null) return;
    const record = asRecord(node);
    const own = readTokenError(record) ?? readEnvelope(record);
    const around = own ?? readSurroundings(record);
    const known = around === null ? outer : outer === null ? around : mergeFailures(around, outer);
    const before = found.length;
    for (const [name, child] of Object.entries(record)) {
      if (typeof child === "object" || isMaybeJson(name, child)) visit(child, depth + 1, known);
    }
    if (own !== null && found.length === before) found.push(known ?? own);
  };
  visit(value, 0, null);
  return found;
}

/**
 * Reads one envelope: `ErrorBody`, the newer `ErrorDetails`, an SDK's rejection or the provider's
 * `{statusCode, errorMessage}`. Null when it has none of their fields.
 */
function readEnvelope(record: JsonRecord): Failure | null {
  const details = asRecord(record["detail"]);
  const status =
    asStatus(record["status"]) ??
    asStatus(record["statusCode"]) ??
    asStatus(record["status_code"]) ??
    asStatus(record["Status"]);
  const code =
    asString(record["code"]) ??
    asString(record["errorCode"]) ??
    asString(record["error_code"]) ??
    asString(details["code"]);
  const message =
    asString(record["message"]) ??
    asString(record["errorMessage"]) ??
    asString(record["error_message"]) ??
    asString(record["messageWithParams"]) ??
    asString(record["statusText"]) ??
    asString(record["reason"]);
  const contextId =
    asString(record["contextId"]) ??
    asString(record["correlationId"]) ??
    asString(record["correlation_id"]) ??
    asString(record["context_id"]);
  const isError =
    (status !== null && status >= 400) ||
    (code !== null && (message !== null || contextId !== null || Object.keys(record).length === 1)) ||
    (message !== null && (contextId !== null || Object.keys(record).length === 1)) ||
    typeof record["code"] === "number";
  if (!isError) return null;
  return {
    ...NO_FAILURE_DETAILS,
    form: "api",
    status: status ?? asStatus(record["code"]),
    code: code !== null && asStatus(code) !== null && code.length === 3 ? null : code,
    message,
    messageParams: readParams(record["messageParams"] ?? record["params"]),
    request: readRequest(record),
    headers: readHeaders(record["headers"] ?? record["responseHeaders"]),
    contextId,
  };
}

/** A log record is not a failure itself, but names the request of the one inside it. */
function readSurroundings(record: JsonRecord): Failure | null {
  const request = readRequest(record);
  return request === null ? null : { ...NO_FAILURE_DETAILS, form: "words", request };
}

function readRequest(record: JsonRecord): RequestSeen | null {
  const url =
    asString(record["url"]) ??
    asString(record["uri"]) ??
    asString(record["path"]) ??
    asString(record["requestUri"]);
  if (url === null || !/^(?:https?:\/\/|\/)/.test(url)) return null;
  return requestFromUrl(asString(record["method"]) ?? asString(record["httpMethod"]), url);
}

/** The wrapper completes the inner envelope: an SDK puts the status beside the body. */
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
  };
}

/** Only the headers that a diagnosis uses, so that nothing else of a dump is kept. */
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

/** Reads headers of an object `{name: value}` or `{name: [value]}`; names in lower case. */
export function readHeaders(value: unknown): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, raw] of Object.entries(asRecord(value))) {
    const text = asString(raw) ?? asString(asArray(raw)[0]) ?? asNumber(raw)?.toString() ?? null;
    if (text !== null && USEFUL_HEADERS.has(name.toLowerCase())) headers[name.toLowerCase()] = text;
  }
  return headers;
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

function asStatus(value: unknown): number | null {
  const status = typeof value === "string" && /^\d{3}$/.test(value) ? Number(value) : asNumber(value);
  return status !== null && Number.isInteger(status) && status >= 100 && status <= 599 ? status : null;
}

function isMaybeJson(name: string, value: unknown): boolean {
  return typeof value === "string" && name !== "messageWithParams" && /^\s*[{[]/.test(value);
}
