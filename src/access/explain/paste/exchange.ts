import { parseJson } from "../../../core/json.ts";
import { mergeFailures, readEnvelopes, readHeaders } from "./error-envelope.ts";
import { type AuthorizationSeen, type Failure, NO_FAILURE_DETAILS, type RequestSeen } from "./failure.ts";
import { readLooseFields } from "./loose-fields.ts";

/** One request with its answer in a transcript. */
export interface Exchange {
  readonly request: RequestSeen | null;
  /** Null when the transcript ends before an answer. */
  readonly status: number | null;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Returns the failures of an exchange: one for most, several when the body nests them, none below status 400.
 */
export function failuresOfExchange(exchange: Exchange): readonly Failure[] {
  if (exchange.status === null || exchange.status < 400) return [];
  const around: Failure = {
    ...NO_FAILURE_DETAILS,
    form: isHtml(exchange.body) ? "html" : "words",
    status: exchange.status,
    message: isHtml(exchange.body) ? titleOf(exchange.body) : null,
    request: exchange.request,
    headers: readHeaders(exchange.headers),
  };
  const body = exchange.body.trim();
  const parsed = parseJson(body);
  const inner =
    parsed === undefined ? (around.form === "html" ? [] : readLooseFields(body)) : readEnvelopes(parsed);
  return inner.length === 0 ? [around] : inner.map((failure) => withStatusLine(failure, around));
}

/** The status line is the real status; a body can contain the status of another service. */
function withStatusLine(failure: Failure, around: Failure): Failure {
  return {
    ...mergeFailures(failure, around),
    status: around.status,
    request: around.request ?? failure.request,
  };
}

/** Whether a body is an HTML page, which the API never sends. */
export function isHtml(text: string): boolean {
  return /^\s*(?:<!doctype html|<html|<head|<\?xml[^>]{0,100}>\s*<!doctype html|<body|<h1)/i.test(text);
}

/** Title or first heading of the page; null without one. */
export function titleOf(html: string): string | null {
  const [, title] = /<(?:title|h1)[^>]{0,200}>([^<]{1,300})/i.exec(html.slice(0, 20_000)) ?? [];
  return title?.trim() ?? null;
}

/** Kind of an `Authorization` value whose secret is already removed. */
export function authorizationSeen(value: string): AuthorizationSeen {
  const text = value.trim();
  if (/^basic\b/i.test(text)) return /without id/.test(text) ? "basic-without-id" : "basic";
  if (/^bearer\b/i.test(text)) return /\[empty\]|^bearer$/i.test(text) ? "empty-bearer" : "bearer";
  return "other";
}

/** Names of a body's fields with its format and grant type, without the values. */
export function describeBody(body: string): Pick<RequestSeen, "bodyFields" | "bodyFormat" | "grantType"> {
  const text = body.trim();
  if (/^[{[]/.test(text)) {
    const names = [...text.slice(0, 20_000).matchAll(/"([\w-]{1,60})"\s{0,4}:/g)].map(
      ([, name = ""]) => name,
    );
    const [, grantType = null] = /"grant_type"\s{0,4}:\s{0,4}"([\w:-]{1,80})"/.exec(text) ?? [];
    return { bodyFields: [...new Set(names)], bodyFormat: "json", grantType };
  }
  const fields = [...text.slice(0, 20_000).matchAll(/(?:^|&)([\w.-]{1,60})=/g)].map(([, name = ""]) => name);
  const [, grantType = null] = /(?:^|&)grant_type=([\w:%-]{1,80})/.exec(text) ?? [];
  return fields.length === 0
    ? { bodyFields: [], bodyFormat: null, grantType: null }
    : {
        bodyFields: [...new Set(fields)],
        bodyFormat: "form",
        grantType: grantType === null ? null : decodeField(grantType),
      };
}

function decodeField(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
