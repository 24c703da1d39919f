import type { Mention } from "../request/mentions.ts";
import { findOperationNames } from "../request/operation-names.ts";

/** Matches the mark of a passed item in a test report. */
const MARK = /^\s{0,20}(?:ok|pass(?:ed)?|success\w{0,20}|[✓✔√✅])(?=\s)/i;
/** Matches phrases about a success, but not `does not work`, `no longer works` or `shows an error`. */
const VERBS =
  /(?<!\b(?:if|so|that|before|until|whether|once|when|how|where|why|what) )\b(?:I|we) can (?:still |also |already )?(?:call|query|read|list|fetch|reach) ["'`]?(?=(?:GET|POST|PUT|PATCH|DELETE|HEAD) |\/|https?:)|(?<!(?:n[o'’]t|never|no longer|hardly|stopped|only|until it) )\b(?:succeed(?:ed|s)|(?<!(?:to|to make it|can|could|would|should|will|must|did|it) )succeed(?=\b(?!ed|s))|works?(?: fine)?|functions? (?:correctly|properly|normally|fine|as expected)|is (?:fine|okay|ok)|(?<!un)successfully|is valid (?:for|on|with)|switched to|goes through|went through|passes|(?<!(?:n[o'’]t|never) (?:be )?)(?:verified|validated|confirmed)\b[^.;\n]{0,60}?\b(?:via|by|through|using|against)\b|funktioniert|klappt|funciona|fonctionne|funziona)\b(?!\s(?:only|until|unless|nicht|pas)\b)|(?<!(?:n[o'’]t|never|no longer) )\b(?:shows?|lists?|(?:gives?|gave) (?:me|us)|returns?|returned) (?:an? |the |me |us |all |my |our )?(?!\S{0,3}(?:[45]\d\d|HTTP|error|errors|nothing|forbidden|unauthorized|that|status|same)\b)(?:(?!(?:no|not|error|wrong|[45]\d\d)\b)\w{2,20} ){0,2}(?:\w{0,30}(?:list|data|results?|rows?|records?|ids?|tokens?|users?|queues?|page(?! not))\b|\w{2,40}I[dD]s?\b)/i;
/** Matches a count of the objects that a call returned: `Fetched 100 users`. */
const FETCHED =
  /\b(?:fetched|retrieved|loaded|read|received|downloaded|listed|got|found) (?:all )?\d{1,9} (?:\w{2,20} )?(?:users?|queues?|records?|rows?|results?|items?|conversations?|entries|entities|groups?|roles?|objects?|pages?)\b/i;
/** Matches the end of a sentence that announces a failure after a success: `works for me, but in production:` */
const CONTRAST = /\b(?:but|while|whereas|however|aber|pero|mais)\b[^.!?\n]{0,80}:\s*$/i;
const SENTENCE = /[.!?;]\s{1,3}(?=\p{Lu}|$)|\n/gu;

/** Matches a report that a repetition succeeded: `ok after retry`, `attempt 3 succeeded`, `retry 2: 200`. */
const REPETITION =
  /\b(?:ok|okay|succeeded|success|successful|passed|done|worked|recovered|completed|fine)\b[^.\n]{0,30}\b(?:after|on|in|with|at) (?:the |a )?(?:(?:\d|first|second|third|last|next|another) )?(?:\w{1,12} )?(?:retry|retries|retrying|repetition|attempt|try)\b|\b(?:retry|retries|attempt|try)(?: (?:no\.? ?|#)?\d{1,3})?(?: of \d{1,3}|\/\d{1,3})?[\s:,-]{1,4}(?:was |is |has )?(?:ok|okay|succeeded|success|successful|passed|worked|200)\b/i;
/** Matches a negation, after which a repetition did not succeed. */
const NOT_REPEATED = /\b(?:not|no|never|without|un\w+|fail\w*|[45]\d\d)\b|n['’]t\b/i;

/** Whether a log line reports that a repeated request succeeded. */
export function reportsRepetition(line: string): boolean {
  const found = REPETITION.exec(line);
  return found !== null && !NOT_REPEATED.test(found[0]);
}

/** Whether a sentence that reports a success ends by announcing that the same call fails in another environment. */
export function announcesFailure(text: string): boolean {
  return CONTRAST.test(text.slice(-200));
}

/**
 * Whether a line reports that its request succeeded. Only the sentence with the request counts, because
 * `The clock is fine` next to a URL is about something else.
 */
export function saysSuccess(line: string, mentions: readonly Mention[]): boolean {
  if (MARK.test(line)) return true;
  if (!reportsResult(line)) return false;
  let start = 0;
  for (const end of [...Array.from(line.matchAll(SENTENCE), ({ index }) => index), line.length]) {
    const sentence = line.slice(start, end);
    const isAbout =
      mentions.some((mention) => mention.end > start && mention.start < end) ||
      (mentions.length === 0 && findOperationNames(sentence).length > 0);
    if (isAbout && reportsResult(sentence)) return true;
    start = end;
  }
  return false;
}

function reportsResult(text: string): boolean {
  return VERBS.test(text) || FETCHED.test(text);
}

/** Matches a report that a client or user was given access, or that a program got a new token. */
const ACCESS_CHANGED =
  /\b(?:roles?|permissions?|scopes?|divisions?)\b[^.\n]{0,80}\b(?:assigned|added|granted|extended|approved)\b|\b(?:assigned|added|granted|gave|extended|approved)\b[^.\n]{0,60}\b(?:roles?|permissions?|scopes?|divisions?)\b|\b(?:refreshed|renewed|got a new|requested a new|fetched a new) (?:the )?(?:access )?token\b|\btoken (?:was )?(?:refreshed|renewed)\b/i;
const NOT_CHANGED =
  /\b(?:not|no|never|cannot|fail\w*|denied|missing|removed|must|should|will|would|if|until|please|to be)\b|n['’]t\b|\?/i;

/**
 * Whether a record reports a change after which a refused call can succeed: `role "Supervisor" assigned to the client`.
 */
export function reportsAccessChange(record: string): boolean {
  return ACCESS_CHANGED.test(record) && !NOT_CHANGED.test(record);
}
