import { findReported } from "../../assertion/asserted.ts";
import { isTokenError } from "../body/token-error.ts";
import type { Failure } from "../failure.ts";

/**
 * Matches a token endpoint error as the Go SDK, Terraform and the official CLI print it:
 * `Auth Error: 401 - invalid_client (authentication failed)`.
 */
const AUTH_ERROR =
  /Auth Error:?\s{0,3}(\d{3})\s{0,3}-\s{0,3}([a-z_]{3,40})(?:\s{0,3}\(([^\n]{1,500}?)(?:\)(?=\s*$|["'.,])|$))?/im;
/** Matches a correlation id, which the same tools print in parentheses when there is no description. */
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Matches errors that OAuth libraries throw: `(invalid_client) authentication failed`, `[invalid_grant] ...`. */
const OAUTH_EXCEPTION = /[([]([a-z]+_[a-z_]+)[\])]:?\s{1,3}([^\n"]{1,300})/;
/**
 * Matches the error class of a library followed by the code: `OPError: invalid_scope (unknown scope)`,
 * `OAuth2Error: invalid_client`.
 */
const LIBRARY_ERROR =
  /\b(?:OPError|RPError|OAuth2?Error|OAuth2?Exception|ResponseBodyError|TokenError|AuthenticationError)\b:?\s{1,2}([a-z]+_[a-z_]{3,40})\b(?:\s?\(([^()\n]{1,300})\))?/;
/** Matches a token endpoint error on the same line as the token path. */
const TOKEN_WORDS =
  /\/oauth2?\/token\b[^\n]{0,300}?\b(invalid_client|invalid_grant|invalid_scope|unauthorized_client|unsupported_grant_type)\b/;
/**
 * Matches the fields of an error as a login library prints them:
 * `Error: invalid_grant, error_description: "..."`.
 */
const TOKEN_FIELDS =
  /\berror["']?\s{0,3}[:=]\s{0,3}["']?(invalid_client|invalid_grant|invalid_scope|unauthorized_client|unsupported_grant_type)\b["']?(?:[^\n]{0,20}\berror_description["']?\s{0,3}[:=]\s{0,3}["'“]{0,1}([^"”\n]{1,300}))?/i;
/** Matches the description of an unknown scope without its code: `"error_description": "Invalid scope"`. */
const DESCRIBED_SCOPE =
  /["“]?error_?description["”]?\s{0,3}[:=]\s{0,3}["“']?((?:invalid|unknown|unsupported) scopes?\b[^"”'\n]{0,200})/i;
/**
 * Matches a token endpoint error in prose: `fails with a 400 and invalid_grant`,
 * `the body only says invalid_client`.
 */
const TOKEN_PROSE =
  /(?<!\b(?:never|not|no) |n['’]t )(?:\b[45]\d\d\b|\b(?:error|fail(?:s|ed|ing|ure)?|g[eo]t(?:s|ting)?|return(?:s|ed)|answer(?:s|ed)|say(?:s|ing)?|said|respon(?:d|se)s?|repl(?:y|ies|ied)|reject(?:s|ed)?|refus(?:es|ed)|body|throws?|receiv(?:e|es|ed))\b)(?:(?!\b(?:not?|instead|never|unlike|if|when)\b|n['’]t\b|[=!]==?)[^\n.;]){0,60}?(?<![\w.="'-])["'`*]{0,2}(invalid_client|invalid_grant|unauthorized_client|unsupported_grant_type)\b(?:: ([^\n"'`<>{}]{3,200}))?/;
/**
 * Matches a token endpoint error without an OAuth code, as the Go SDK, Terraform and the official CLI print it:
 * `Auth Error: 400 - client not found: ... (id)`.
 */
const AUTH_SENTENCE =
  /\bAuth Error:?\s{0,3}([45]\d\d)\s{0,3}-\s{0,3}([^\n]{1,300}?)(?:\s{0,3}\(([0-9a-f-]{8,64})\)|\s{0,3}$)/im;
/** Matches a status with its reason: `(401: authentication failed)`. */
const REASON = /\([45]\d\d: ([^)\n]{3,200})\)/;
/** Matches the token endpoint's message about a client id that the region does not know. */
const UNKNOWN_CLIENT = /\bclient not found:? ["'`]?[0-9a-f]{8}-[0-9a-f-]{4,40}/i;
/** Matches text that consists only of an OAuth error code: `invalid_grant`, `error: "invalid_client"`. */
const NOTHING_ELSE =
  /^\s{0,20}["'`*(]{0,3}(?:error["']?\s{0,3}[:=]\s{0,3}["'`]?)?([a-z]{5,12}(?:_[a-z]{4,12}){1,2})["'`*).!?]{0,3}\s{0,20}$/i;
/**
 * Matches a program's report that it got no token, with the status: `token request failed with 400`,
 * `PostToken. Status Code 400`.
 */
const FAILED_LOGIN =
  /\b(?:token (?:request|acquisition|exchange|call|fetch|endpoint)? ?(?:failed|error|failure)|(?:fail(?:ed|ure)|unable|could(?: not|n['o’]t)|can(?:not|['o’]?t)|error) (?:to )?(?:get(?:ting)?|obtain(?:ing)?|fetch(?:ing)?|acquir(?:e|ing)|request(?:ing)?|retriev(?:e|ing)|calling)\b[^.\n]{0,40}\btoken\b|(?:genesys|purecloud|oauth2?|client credentials)[\w ]{0,20} (?:login|auth(?:entication)?|sign-?in) (?:failed|failure|error)|token could(?: not|n['o’]t) be (?:fetched|obtained|retrieved|acquired))[^\n]{0,60}?(?<![\w.-])(40[01])\b|\bPostToken\b[^\n]{0,40}?(?<![\w.-])(40[01])\b/i;

/** The details of a refused token request that can be read from the words of a tool or a person. */
type TokenWords = Pick<Failure, "form" | "status" | "code" | "message"> & {
  readonly contextId?: string | null;
};

/** Matches the advice of a tool about the login that failed: `401 - ... verify your clientId, clientSecret`. */
const ADVISED =
  /(?<![\w.-])(40[01])\b[^\n]{0,160}?\b(?:verify|check|validate)\b[^\n]{0,40}?\bclient[ _]?id\b[^\n]{0,40}?secret\b/i;

/** Recognizes a token endpoint error in the words of a tool or a person; null if none exists. */
export function readTokenWords(text: string): TokenWords | null {
  const [, status, code, description = null] = AUTH_ERROR.exec(text) ?? [];
  if (code !== undefined && isTokenError(code)) {
    const isId = ID.test(description ?? "");
    return {
      form: "token-endpoint",
      status: Number(status),
      code,
      message: isId ? null : description,
      contextId: isId ? description : null,
    };
  }
  const [, field, told = null] = TOKEN_FIELDS.exec(text) ?? [];
  if (field !== undefined) return { form: "token-endpoint", status: null, code: field, message: told };
  const [, said] = TOKEN_WORDS.exec(text) ?? [];
  if (said !== undefined) return { form: "token-endpoint", status: null, code: said, message: null };
  const [, raised, about = null] = LIBRARY_ERROR.exec(text) ?? [];
  if (raised !== undefined && isTokenError(raised)) {
    return { form: "token-endpoint", status: null, code: raised, message: about };
  }
  const [, scope] = DESCRIBED_SCOPE.exec(text) ?? [];
  if (scope !== undefined) {
    return { form: "token-endpoint", status: null, code: "invalid_scope", message: scope };
  }
  const [, thrown, message = null] = OAUTH_EXCEPTION.exec(text) ?? [];
  if (thrown !== undefined && isTokenError(thrown)) {
    return { form: "token-endpoint", status: null, code: thrown, message: message?.trim() ?? null };
  }
  const [, alone] = NOTHING_ELSE.exec(text) ?? [];
  if (alone !== undefined && isTokenError(alone.toLowerCase())) {
    return { form: "token-endpoint", status: null, code: alone.toLowerCase(), message: null };
  }
  const [, named, reason] = findReported(TOKEN_PROSE, text) ?? [];
  if (named !== undefined) {
    return { form: "token-endpoint", status: null, code: named, message: reason?.trim() ?? null };
  }
  return readLogin(text);
}

/**
 * Recognizes a failed login without an OAuth code, by the message of a tool or by the status after words about a
 * login.
 */
function readLogin(text: string): TokenWords | null {
  if (!/token|login|auth|client/i.test(text)) return null;
  const [, told, sentence, contextId = null] = AUTH_SENTENCE.exec(text) ?? [];
  if (told !== undefined) {
    const message = sentence?.trim() ?? null;
    return { form: "token-endpoint", status: Number(told), code: null, message, contextId };
  }
  const [unknown] = UNKNOWN_CLIENT.exec(text) ?? [];
  const isOfCall = /\/api\/v\d\//.test(text);
  const [, failed, named] = isOfCall ? [] : (findReported(FAILED_LOGIN, text) ?? ADVISED.exec(text) ?? []);
  const status = failed ?? named;
  if (unknown === undefined && status === undefined) return null;
  return {
    form: "token-endpoint",
    status: status === undefined ? null : Number(status),
    code: null,
    message: unknown ?? REASON.exec(text)?.[1] ?? null,
  };
}
