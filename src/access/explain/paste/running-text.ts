import { mergeFailures, readEnvelopes } from "./error-envelope.ts";
import { isHtml, titleOf } from "./exchange.ts";
import { type Failure, NO_FAILURE_DETAILS, type RequestSeen } from "./failure.ts";
import { findJsonSpans } from "./json-spans.ts";
import { readLooseFields } from "./loose-fields.ts";
import { findNetworkSign, type NetworkSign } from "./network-signs.ts";
import { findRequestMentions, NO_REQUEST_DETAILS } from "./request-line.ts";

const MOST_FAILURES = 500;

/**
 * Reads failures in running text: log lines around JSON, exceptions of the SDKs, messages of the provider and
 * of the official CLI, prose. Status, request and correlation id of an error body come from the text between
 * it and the previous one, or from the whole text when it is the only one.
 */
export function readRunningText(text: string): readonly Failure[] {
  const failures: Failure[] = [];
  let regionStart = 0;
  for (const span of findJsonSpans(text)) {
    const envelopes = readEnvelopes(span.value);
    if (envelopes.length === 0) continue;
    const lineEnd = text.indexOf("\n", span.end);
    const around = describeSurroundings(
      text.slice(Math.max(regionStart, span.start - 20_000), span.start),
      text.slice(span.end, lineEnd === -1 ? Math.min(text.length, span.end + 2_000) : lineEnd),
    );
    failures.push(...envelopes.map((failure) => complete(failure, around)));
    regionStart = span.end;
    if (failures.length >= MOST_FAILURES) return failures;
  }
  if (failures.length > 0) {
    const [only] = failures;
    return failures.length > 1 || only === undefined
      ? failures
      : [complete(only, describeSurroundings(text.slice(0, 200_000), ""))];
  }
  const around = describeSurroundings(text.slice(0, 200_000), "");
  const loose = readLooseFields(text);
  if (loose.length > 0) {
    return loose.map((failure) => (loose.length === 1 ? complete(failure, around) : failure));
  }
  return readWords(text.slice(0, 2_000_000), around);
}

/** Reads a failure that consists of words only: an exception's text, a page, a connection that failed. */
function readWords(text: string, around: Failure): readonly Failure[] {
  const sign = findNetworkSign(text);
  const page = /<!doctype html|<html/i.exec(text);
  if (page !== null && isHtml(text.slice(page.index))) {
    return [{ ...around, form: "html", message: titleOf(text.slice(page.index)) }];
  }
  if (sign !== null && around.status === null) return [connectionFailure(text, sign, around)];
  if (around.status !== null && around.status >= 400) return [around];
  return around.message === null ? [] : [around];
}

/** Finds the line about the failed connection, and its host. */
function connectionFailure(text: string, { pattern }: NetworkSign, around: Failure): Failure {
  const index = text.search(pattern);
  const start = text.lastIndexOf("\n", index) + 1;
  const line = text.slice(Math.max(start, index - 200), index + 400).replace(/\n.*$/s, "");
  const [, host = null] =
    /(?<![\w@.-])((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,20})(?=[:\s'"/),]|$)/i.exec(
      line.slice(index - Math.max(start, index - 200)),
    ) ?? [];
  const isHost = host !== null && !/\.(?:js|ts|py|go|java|cs|html?|json|sh)$/i.test(host);
  return {
    ...around,
    form: "network",
    message: line.trim(),
    request: around.request ?? (isHost ? { ...NO_REQUEST_DETAILS, host: host.toLowerCase() } : null),
  };
}

function complete(failure: Failure, around: Failure): Failure {
  const { message: _, ...rest } = around;
  return mergeFailures(failure, { ...rest, message: null });
}

const STATUS_WORDS: readonly (readonly [RegExp, number])[] = [
  [/\bApiException:?\s{0,4}(?:Forbidden|403)\b|\bHTTP 403\b|\b403[ :,-]{1,3}Forbidden\b/i, 403],
  [/\bApiException:?\s{0,4}Unauthorized\b|\b401[ :,-]{1,3}Unauthorized\b/i, 401],
  [/\bApiException:?\s{0,4}Too Many Requests\b/i, 429],
  [/\bForbidden\b/, 403],
  [/\bUnauthorized\b/, 401],
  [/\bToo Many Requests\b/i, 429],
  [/\bBad Gateway\b/i, 502],
  [/\bService Unavailable\b/i, 503],
  [/\bGateway Time-?out\b/i, 504],
];
const STATUS_NUMBER =
  /(?:API Error:?|HTTP\/[\d.]{1,4}|HTTP(?: status(?: code)?)?|status(?:[ _]?code)?|StatusCode|ApiException|response(?: code)?|returned|answers?|answered|got(?: an?)?|error|failed with|code)["']?\s{0,3}[:=(]?\s{0,3}["']?([1-5]\d\d)\b|^\(([45]\d\d)\)|\s\(([45]\d\d)\)|:\s([45]\d\d) - |\b(40[13]|429)\b/gim;
const CORRELATION =
  /\b(?:inin-|genesys-)?(?:correlation[-_ ]?id|contextId)\b["']?\s{0,3}[:=]?\s{0,3}[[{]?\s{0,3}["']?([0-9a-f][\w-]{7,63})/i;
const API_ERROR = /API Error:?\s{0,3}(\d{3})\s{0,3}-\s{0,3}([^\n]{1,2000}?)\s{0,3}\(([0-9a-f-]{8,64})\)/i;
const PLATFORM_SENTENCE =
  /(?:Unable to perform the requested action\.|App not authorized to use scope|You are not authorized to perform|Requests originating from this IP|This request requires a (?:non-)?user context|Rate limit exceeded|Invalid login credentials|No authentication bearer token|The supplied credentials|Authentication request timeout|rate limit exceeded;)[^\n]{0,1500}/i;

/** Facts about the request and the answer in the words around an error body. */
function describeSurroundings(before: string, after: string): Failure {
  const text = `${after}\n${before}`;
  const [, apiStatus, apiMessage, apiId] = API_ERROR.exec(text) ?? [];
  const [sentence = null] = PLATFORM_SENTENCE.exec(text) ?? [];
  const [, correlationId = null] = CORRELATION.exec(text) ?? [];
  const [, retryAfter] = /retry-after["']?\s{0,3}[:=]\s{0,3}["'[]{0,2}(\d{1,6})/i.exec(text) ?? [];
  const xCache = /x-cache["']?\s{0,3}[:=]\s{0,3}["'[]{0,2}([^"'\n,\]]{1,80})/i.exec(text)?.[1];
  return {
    ...NO_FAILURE_DETAILS,
    form: "words",
    status: apiStatus === undefined ? findStatus(text) : Number(apiStatus),
    message: apiMessage ?? sentence,
    request: nearestRequest(before, after),
    headers: {
      ...(correlationId === null ? {} : { "inin-correlation-id": correlationId }),
      ...(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
      ...(xCache === undefined ? {} : { "x-cache": xCache.trim() }),
    },
    contextId: apiId ?? null,
  };
}

function findStatus(text: string): number | null {
  for (const [, ...groups] of text.matchAll(STATUS_NUMBER)) {
    const status = Number(groups.find((group) => group !== undefined));
    if (status >= 400) return status;
  }
  return STATUS_WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/**
 * Returns the API request of an error: one on its own line, before it or after it, or else the last one on
 * the lines before. Its method may stand elsewhere.
 */
function nearestRequest(before: string, after: string): RequestSeen | null {
  const lineStart = before.lastIndexOf("\n") + 1;
  const candidates = [
    ...findRequestMentions(before.slice(lineStart)).toReversed(),
    ...findRequestMentions(after),
    ...findRequestMentions(before.slice(0, lineStart)).toReversed(),
  ]
    .map(({ request }) => request)
    .filter(({ path }) => path !== null && /^\/(?:api\/v2|oauth|platform)\b/.test(path));
  const [nearest = null] = candidates;
  return candidates.find(({ method, path }) => method !== null && path === nearest?.path) ?? nearest;
}
