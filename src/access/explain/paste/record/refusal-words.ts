import { isTokenError } from "../body/token-error.ts";
import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";
import { REFUSAL_CODE } from "./code-words.ts";
import { splitQuotation } from "./told-message.ts";

/** `API Error: 403 - message (id)`, as the Go SDK, Terraform and the official CLI write the API's answer. */
const API_ERROR =
  /API Error:?\s{0,3}(\d{3})\s{0,3}-\s{0,3}([^\n]{1,2000}?)(?:\s{0,3}\(([0-9a-f-]{8,64})\)|["']?\s{0,3}$)/im;
/** `RuntimeError`, then `[409] message (code: ...)`, as Make writes an answer. */
const BRACKETED_ERROR = /Error\.?\s{1,2}\[([45]\d\d)\] ([^\n]{1,1000}?)(?=\s\(code:|\s{0,3}$)/m;
/** `400 could.not.delete - message`: a status, a code of the platform and its message, as programs log them. */
const CODE_ERROR = new RegExp(
  `(?<![\\w.])([45]\\d\\d)[\\s:]{1,3}(${REFUSAL_CODE})\\s{0,3}[-–:]\\s{1,3}([^\\n]{1,1000}?)(?=\\s{0,3}(?:[,;([]\\s{0,3})?(?:context|correlation)[-_ ]?id\\b|\\s{0,3}$)`,
  "im",
);
/** `403 missing.permissions`, `Code=403 "missing.permissions"`: the same without the message. */
const CODE_ALONE = new RegExp(`(?<![\\w.])([45]\\d\\d)[\\s:"'(\`*]{1,5}(${REFUSAL_CODE})`);
/** `Auth Error: 401 - invalid_client (authentication failed)`: the same tools about the token endpoint's answer. */
const AUTH_ERROR =
  /Auth Error:?\s{0,3}(\d{3})\s{0,3}-\s{0,3}([a-z_]{3,40})(?:\s{0,3}\(([^\n]{1,500}?)(?:\)(?=\s*$|["'.,])|$))?/im;
/** `(invalid_client) authentication failed`, `[invalid_grant] ...`: what OAuth libraries throw. */
const OAUTH_EXCEPTION = /[([]([a-z]+_[a-z_]+)[\])]:?\s{1,3}([^\n"]{1,300})/;
/** `OPError: invalid_scope (unknown scope)`, `OAuth2Error: invalid_client`: the class of a library, then the code. */
const LIBRARY_ERROR =
  /\b(?:OPError|RPError|OAuth2?Error|OAuth2?Exception|ResponseBodyError|TokenError|AuthenticationError)\b:?\s{1,2}([a-z]+_[a-z_]{3,40})\b(?:\s?\(([^()\n]{1,300})\))?/;
/** An error of the token endpoint in words about it. */
const TOKEN_WORDS =
  /\/oauth2?\/token\b[^\n]{0,300}?\b(invalid_client|invalid_grant|invalid_scope|unauthorized_client|unsupported_grant_type)\b/;
/** `Error: invalid_grant, error_description: "..."`: its fields as a login library shows them. */
const TOKEN_FIELDS =
  /\berror["']?\s{0,3}[:=]\s{0,3}["']?(invalid_client|invalid_grant|invalid_scope|unauthorized_client|unsupported_grant_type)\b["']?(?:[^\n]{0,20}\berror_description["']?\s{0,3}[:=]\s{0,3}["'“]{0,1}([^"”\n]{1,300}))?/i;
/** `fails with a 400 and invalid_grant`, `the body only says invalid_client`: such an error in running prose. */
const TOKEN_PROSE =
  /(?<!\b(?:never|not|no) |n['’]t )(?:\b[45]\d\d\b|\b(?:error|fail(?:s|ed|ing|ure)?|g[eo]t(?:s|ting)?|return(?:s|ed)|answer(?:s|ed)|say(?:s|ing)?|said|respon(?:d|se)s?|repl(?:y|ies|ied)|reject(?:s|ed)?|refus(?:es|ed)|body|throws?|receiv(?:e|es|ed))\b)(?:(?!\b(?:not?|instead|never|unlike|if|when)\b|n['’]t\b|[=!]==?)[^\n.;]){0,60}?(?<![\w.="'-])["'`*]{0,2}(invalid_client|invalid_grant|unauthorized_client|unsupported_grant_type)\b/;
const PLATFORM_SENTENCE =
  /(?:Unable to perform the requested action\.|You are missing the following permission|You must have at least one of the following permissions|App not authorized to use scope|You are not authorized to perform|Requests originating from this IP|This request requires a (?:non-)?user context|Rate limit exceeded|Invalid login credentials|No authentication bearer token|The supplied credentials|Authentication request timeout|rate limit exceeded;)[^\n]{0,1500}/i;
const CORRELATION =
  /\b(?:inin-|genesys-)?(?:correlation[-_ ]?id|contextId)\b["']?\s{0,3}(?:[:=]|=>)?\s{0,3}[[{]?\s{0,3}["']?([0-9a-f][\w-]{7,63})/i;
const RETRY_AFTER = /retry[-_]?after["']?\s{0,3}[:=]\s{0,3}["'[]{0,2}(\d{1,6})/i;
const EDGE_CACHE = /x-cache["']?\s{0,3}[:=]\s{0,3}["'[]{0,2}([^"'\n,\]]{1,80})/i;

/** Reads the words of a refusal in a text without an error body: its sentence, its ids, its wait. */
export function readRefusalWords(text: string): Failure {
  const [, correlationId = null] = CORRELATION.exec(text) ?? [];
  const [, retryAfter] = RETRY_AFTER.exec(text) ?? [];
  const [, cache] = EDGE_CACHE.exec(text) ?? [];
  return {
    ...NO_FAILURE_DETAILS,
    form: "words",
    ...(readAuthError(text) ?? readCodeError(text) ?? readApiError(text)),
    headers: {
      ...(correlationId === null ? {} : { "inin-correlation-id": correlationId }),
      ...(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
      ...(cache === undefined ? {} : { "x-cache": cache.trim() }),
    },
  };
}

function readApiError(text: string): Pick<Failure, "status" | "message" | "contextId"> {
  const [, status, message, id = null] = API_ERROR.exec(text) ?? BRACKETED_ERROR.exec(text) ?? [];
  const sentence = readSentence(text);
  return {
    status: status === undefined ? null : Number(status),
    message: message ?? sentence?.message ?? null,
    contextId: id ?? sentence?.contextId ?? null,
  };
}

/** The platform's sentence; where it is quoted, up to the end of the quotation. */
function readSentence(text: string): Pick<Failure, "message" | "contextId"> | null {
  const match = PLATFORM_SENTENCE.exec(text);
  if (match === null) return null;
  const isQuoted = /["“]/.test(text.charAt(match.index - 1));
  return isQuoted ? splitQuotation(match[0]) : { message: match[0], contextId: null };
}

function readCodeError(text: string): Pick<Failure, "form" | "status" | "code" | "message"> | null {
  const [, status, code, message] = CODE_ERROR.exec(text) ?? CODE_ALONE.exec(text) ?? [];
  if (code === undefined) return null;
  const [sentence = null] = PLATFORM_SENTENCE.exec(text) ?? [];
  return { form: "api", status: Number(status), code, message: message ?? sentence };
}

function readAuthError(text: string): Pick<Failure, "form" | "status" | "code" | "message"> | null {
  const [, status, code, description = null] = AUTH_ERROR.exec(text) ?? [];
  if (code !== undefined && isTokenError(code)) {
    return { form: "token-endpoint", status: Number(status), code, message: description };
  }
  const [, field, told = null] = TOKEN_FIELDS.exec(text) ?? [];
  if (field !== undefined) return { form: "token-endpoint", status: null, code: field, message: told };
  const [, said] = TOKEN_WORDS.exec(text) ?? [];
  if (said !== undefined) return { form: "token-endpoint", status: null, code: said, message: null };
  const [, raised, about = null] = LIBRARY_ERROR.exec(text) ?? [];
  if (raised !== undefined && isTokenError(raised)) {
    return { form: "token-endpoint", status: null, code: raised, message: about };
  }
  const [, thrown, message = null] = OAUTH_EXCEPTION.exec(text) ?? [];
  if (thrown !== undefined && isTokenError(thrown)) {
    return { form: "token-endpoint", status: null, code: thrown, message: message?.trim() ?? null };
  }
  const [, named] = TOKEN_PROSE.exec(text) ?? [];
  return named === undefined ? null : { form: "token-endpoint", status: null, code: named, message: null };
}
