import { isTokenError } from "../body/token-error.ts";
import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";

/** Matches an error in the query or fragment of a callback URL (RFC 6749 section 4.1.2.1). */
const CALLBACK =
  /(?:[?#&]|\b(?:log|sign)(?:ged)?[- ]?(?:you )?in\b[^\n]{0,40}[\s"'(])error=([a-z_]{3,40})\b([^\s"'<>`]{0,4000})/;
const DESCRIPTION = /[?#&]error_description=([^&#\s"'<>`]{1,2000})/;
/** Maximum number of characters taken from the sentence before the recognized words of a login page. */
const LONGEST_BEGINNING = 200;
const PAGES: readonly RegExp[] = [
  /\b(?:invalid|bad|wrong|unknown|unregistered|unauthorized|mismatch(?:ed|ing)?) redirect[ _]ur[il]\b[^\n]{0,300}/i,
  /\bredirect[ _]ur[il]\b[^\n]{0,80}\b(?:is (?:invalid|not (?:valid|registered|authorized|allowed))|does(?: not|n't) match|mismatch)[^\n]{0,200}/i,
  /\bclient id\b[^\n]{0,60}\b(?:is (?:invalid|unknown|not (?:valid|recognized|found))|does(?: not|n't) exist)[^\n]{0,200}/i,
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
  for (const page of PAGES) {
    const match = page.exec(text);
    if (match === null) continue;
    const [before = ""] = /[^.!?:\n]*$/.exec(text.slice(0, match.index)) ?? [];
    // When a person quotes the page, the words outside the quotation marks are theirs.
    const [quotation = null] = /(?<=["“])[^"“”]*$/.exec(before) ?? [];
    const whole = `${(quotation ?? before).slice(-LONGEST_BEGINNING)}${match[0]}`;
    const message = (quotation === null ? whole : whole.replace(/["”].*$/s, "")).trim();
    return { ...NO_FAILURE_DETAILS, form: "token-endpoint", message };
  }
  return null;
}

function decodeQuery(value: string): string {
  const plain = value.replaceAll("+", " ");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
