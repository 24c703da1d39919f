import { isTokenError } from "../body/token-error.ts";
import { type Failure, IDENTITY_PROVIDER_CODE, NO_FAILURE_DETAILS } from "../failure.ts";

/** Matches an error in the query or fragment of a callback URL (RFC 6749 section 4.1.2.1). */
const CALLBACK =
  /(?:[?#&]|\b(?:log|sign)(?:ged)?[- ]?(?:you )?in\b[^\n]{0,40}[\s"'(])error=([a-z_]{3,40})\b([^\s"'<>`]{0,4000})/;
const DESCRIPTION = /[?#&]error_description=([^&#\s"'<>`]{1,2000})/;
/** Maximum number of characters kept before the recognized words of a login page, within the same sentence. */
const LONGEST_BEGINNING = 200;
const PAGES: readonly RegExp[] = [
  /\b(?:invalid|bad|wrong|unknown|unregistered|unauthorized|mismatch(?:ed|ing)?) redirect[ _]ur[il]\b[^\n]{0,300}/i,
  /\bredirect[ _]ur[il]\b[^\n]{0,120}\b(?:(?:is|was) (?:invalid|not (?:valid|registered|authorized|allowed|whitelisted))|isn['’]t (?:valid|registered|authorized|allowed)|d(?:oes|id)(?: not|n['’]t) match|mismatch)(?:[^\n.!?]|[.!?](?=\S)){0,200}/i,
  /\bclient id\b[^\n]{0,60}\b(?:is (?:invalid|unknown|not (?:valid|recognized|found))|does(?: not|n't) exist)(?:[^\n.!?]|[.!?](?=\S)){0,200}/i,
  /\b(?:bad request|error|40[01])\b[:.!\s"'(-]{1,6}(?:invalid|unknown|unrecognized) client[ _]id\b[^\n.!?]{0,200}/i,
  /\bbad request\b["'”]? (?:for|about|with) (?:the|my|our|this) client[ _]id\b[^\n.!?]{0,200}/i,
  /\badministrator\b[^\n]{0,30}\b(?:is required to|must|needs to|has to) approve\b[^\n]{0,200}/i,
];

/**
 * Whether the text contains a callback URL with an error. The caller's own server usually responds to that URL with
 * 200.
 */
export function isCallback(text: string): boolean {
  return text.includes("error=") && CALLBACK.test(text);
}

/**
 * Returns a login that failed in the browser, from the error in a callback URL or from the words of the login
 * page. Null if none exists.
 */
export function readCallbackError(text: string): Failure | null {
  const [, error, rest = ""] = CALLBACK.exec(text) ?? [];
  if (error !== undefined && isTokenError(error)) {
    const [, description = null] = DESCRIPTION.exec(`&${rest}`) ?? DESCRIPTION.exec(text) ?? [];
    return {
      ...NO_FAILURE_DETAILS,
      form: "token-endpoint",
      code: error,
      message: description === null ? null : decodeQuery(description),
    };
  }
  // An identity provider has redirect URIs and client ids of its own.
  if (IDENTITY_PROVIDER_CODE.test(text)) return null;
  for (const page of PAGES) {
    const match = page.exec(text);
    if (match === null) continue;
    const [sentence = ""] = /(?:[^.!?:\n]|[.!?:](?=\S)){0,400}$/.exec(text.slice(0, match.index)) ?? [];
    // Words such as `a page that says` are those of the person who saw the page, not of the page.
    const before = sentence.replace(/^.*\b(?:says?|said|saying|reads|states|shows)(?: that)?,? /is, "");
    // When a person quotes the page, the words outside the quotation marks are theirs.
    const [quotation = null] = /(?<=["“])[^"“”]*$/.exec(before) ?? [];
    const whole = `${(quotation ?? before).slice(-LONGEST_BEGINNING)}${match[0]}`;
    const message = (quotation === null ? whole : whole.replace(/["”].*$/s, "")).trim();
    return { ...NO_FAILURE_DETAILS, form: "token-endpoint", message };
  }
  return null;
}

/** Matches the words with which a login page or the token endpoint rejects a client id. */
const UNKNOWN_CLIENT = /(?<!\w)client not found: ?[\w-]{2,60}/i;

/** Matches an error that a login page shows as text: `invalid_request: redirect_uri is required`. */
const SHOWN =
  /(?<![\w=&?#])(invalid_request|unauthorized_client|unsupported_response_type|invalid_scope): ?([^\n"'<>]{3,300})/;

/** Returns a login that a page refused in words, in text without a status or body; null if none exists. */
export function readLoginWords(text: string): Failure | null {
  const [unknown] = UNKNOWN_CLIENT.exec(text) ?? [];
  if (unknown !== undefined) return { ...NO_FAILURE_DETAILS, form: "token-endpoint", message: unknown };
  const [, code, message] = /\/oauth2?\/authorize\b/.test(text) ? (SHOWN.exec(text) ?? []) : [];
  return code === undefined || message === undefined
    ? null
    : { ...NO_FAILURE_DETAILS, form: "token-endpoint", code, message: message.trim() };
}

function decodeQuery(value: string): string {
  const plain = value.replaceAll("+", " ");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
