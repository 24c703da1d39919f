import { ownValue } from "../../../../core/own-value.ts";
import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";
import { withoutApiError } from "./api-error.ts";
import { isPlatformCode, statusFrom } from "./error-envelope.ts";
import { isTokenError } from "./token-error.ts";

/**
 * Matches a field of an error body that is not valid JSON, because it was truncated or printed as a JavaScript
 * object, a Python dictionary, a Ruby hash, a PHP array, a Java `toString` or `key=value` pairs. Only field
 * names count, regardless of the syntax around them.
 */
const FIELD =
  /(?<![\w.-])\\{0,4}["']?(message|errorMessage|msg|code|errorCode|status|statusCode|status_code|http_status|contextId|context_id|correlationId|correlation_id|error|error_description|description|detail|body(?==["'][^{[<\\]))\\{0,4}["']?\]?\s{0,4}(?:=>|[:=])\s{0,4}(?:Some\()?(?:\\{0,4}(["'`])|(?=[\w(]))/g;
/** Matches a code that is only a reason phrase, as gateways and wrappers write it: `"code": "forbidden"`. */
const REASON_PHRASE =
  /^(?:forbidden|unauthori[sz]ed|bad_?request|not_?found|too_?many_?requests|access_?denied)$/i;
const LOGFMT = /(?:^|\s)(?:level|lvl|status)=/m;
const ELEMENT = /<(message|code|status|contextId)>([^<]{1,2000})<\/\1>/g;
const MOST_FIELDS = 2_000;
const CANONICAL: Readonly<Record<string, string>> = {
  errorMessage: "message",
  errorCode: "code",
  statusCode: "status",
  status_code: "status",
  http_status: "status",
  context_id: "contextId",
  correlationId: "contextId",
  correlation_id: "contextId",
  error_description: "description",
};

/** Returns the failure that the error fields in the text describe; null if they describe none. */
export function readLooseFields(text: string): Failure | null {
  const fields = new Map<string, string[]>();
  const add = (name: string, value: string): void => {
    const canonical = ownValue(CANONICAL, name) ?? name;
    fields.set(canonical, [...(fields.get(canonical) ?? []).slice(-20), value]);
  };
  let lastEnd = 0;
  let count = 0;
  for (const match of text.matchAll(FIELD)) {
    if (match.index < lastEnd) continue;
    if (++count > MOST_FIELDS) break;
    const start = match.index + match[0].length;
    const value = valueAt(text, start, match[2] ?? null, isLineStart(text, match.index));
    lastEnd = start + value.length;
    add(match[1] ?? "", value);
  }
  for (const [, name = "", value = ""] of text.matchAll(ELEMENT)) add(name, value.trim());
  // In a log, `body=` and `detail=` are about the response, and `msg=` is the program's own message. In source code,
  // `body=` is the body of a request.
  if (LOGFMT.test(text)) {
    if (fields.has("detail")) fields.delete("msg");
  } else {
    fields.delete("body");
    fields.delete("detail");
  }
  return toFailure(fields);
}

/**
 * Whether a field begins its line, as in a Java `toString`. An unquoted value then extends to the end of the
 * line.
 */
function isLineStart(text: string, index: number): boolean {
  return /(?:^|\n)[ \t[]*$/.test(text.slice(Math.max(0, index - 80), index));
}

function valueAt(text: string, start: number, quote: string | null, isAlone: boolean): string {
  const rest = text.slice(start, start + 4_000);
  if (quote === null) {
    return (
      (isAlone ? /^[^\n]{0,2000}/ : /^[^\s,;&})](?:(?!\s[\w.-]{1,40}=)[^\n,;&})]){0,2000}/)
        .exec(rest)?.[0]
        .trim() ?? ""
    );
  }
  const end = new RegExp(
    `(?<!\\\\)\\\\{0,4}${quote}(?=\\s*(?:[,}\\])\\n…]|\\.{3}|$|\\s[\\w.-]{1,40}=))`,
  ).exec(rest);
  return end === null ? markCut(rest.slice(0, rest.search(/\n|$/))) : rest.slice(0, end.index);
}

/** Appends an ellipsis to a sentence without a closing quotation mark, because its end was truncated. */
function markCut(value: string): string {
  return /\s/.test(value.trim()) && !/(?:…|\.{3}\)?)$/.test(value) ? `${value.trim()}…` : value;
}

function toFailure(fields: ReadonlyMap<string, readonly string[]>): Failure | null {
  const of = (name: string): readonly string[] => fields.get(name) ?? [];
  const error = of("error").find(isTokenError);
  const codes = of("code").map((code) => code.trim());
  const code =
    codes.findLast((value) => isPlatformCode(value)) ??
    codes.findLast((value) => REASON_PHRASE.test(value)) ??
    null;
  const statuses = [...of("status"), ...codes].flatMap((value) => statusFrom(value) ?? []);
  const status = statuses.findLast((value) => value >= 400) ?? null;
  if (error !== undefined) {
    return {
      ...NO_FAILURE_DETAILS,
      form: "token-endpoint",
      status,
      code: error,
      message: of("description").at(-1) ?? null,
    };
  }
  if (code === null && status === null) return null;
  return withoutApiError({
    ...NO_FAILURE_DETAILS,
    form: code === null ? "words" : "api",
    status,
    code,
    // A log record has its own message next to the response body, so the body takes precedence.
    message:
      of("body").at(-1) ??
      messageOf(of("message"), code) ??
      messageOf(of("msg"), code) ??
      of("detail").at(-1) ??
      null,
    contextId: of("contextId").at(-1) ?? null,
  });
}

/**
 * Returns the message of the error body. If there is an error code, returns the last message, because the messages of
 * wrappers come first.
 */
function messageOf(messages: readonly string[], code: string | null): string | null {
  return (code === null ? messages[0] : messages.at(-1)) ?? null;
}
