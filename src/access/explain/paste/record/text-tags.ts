/** Number of characters at the start of a record to search for its thread or request id. */
export const LONGEST_HEAD = 400;
const TAG =
  /\[([\w-]{3,40})\]|\b(?:req(?:uest)?|trace|transaction|thread|span|worker|job)[_-]?(?:id)?["']?[=:#]\s?["']?([\w-]{2,64})|\b((?:page|batch|chunk|part|day) #?\d{1,9}|(?:worker|thread|task|consumer|fetcher)[-_]\d{1,5})\b/gi;

/** Returns the ids of threads and requests in text. */
export function tagsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(TAG), ([, bracketed, named, item]) => bracketed ?? named ?? item ?? "");
}

/** Tag of a refused call when the same text then requests a token, whose response follows. */
export const LOGIN_FOLLOWS = "login follows";
/** Matches a 403 and, in a later sentence, a token request or login that gets its own response. */
const THEN_LOGIN =
  /(?<![\w.])403\b[^\n]{0,400}?[.;!?]\s[^\n]{0,200}?\b(?:(?:request|get|got|fetch|obtain|generat|mint|renew|refresh)\w{0,4} (?:an?|the|our|my|another|one) (?:(?:new|fresh|access) ){0,2}(?:token|one)\b|log(?:ged|ging)? in again|token (?:request|endpoint))/i;

/** Returns the tag `LOGIN_FOLLOWS` if a later sentence requests a token, otherwise nothing. */
export function tagOfLogin(words: string): readonly string[] {
  return THEN_LOGIN.test(words) ? [LOGIN_FOLLOWS] : [];
}
