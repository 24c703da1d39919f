import type { Mention } from "../request/mentions.ts";
import { findOperationNames } from "../request/operation-names.ts";

/** Matches the mark of a passed item in a test report. */
const MARK = /^\s{0,20}(?:ok|pass(?:ed)?|success\w{0,20}|[✓✔√✅])(?=\s)/i;
/** Matches words for a success, but not `does not work`, `no longer works` or `shows an error`. */
const VERBS =
  /(?<!(?:n[o'’]t|never|no longer|hardly|stopped|only|until it) )\b(?:succeed(?:ed|s)|(?<!(?:to|to make it|can|could|would|should|will|must|did|it) )succeed(?=\b(?!ed|s))|works?(?: fine)?|is (?:fine|okay|ok)|(?<!un)successfully|is valid (?:for|on|with)|switched to|goes through|went through|passes|(?<!(?:n[o'’]t|never) (?:be )?)(?:verified|validated|confirmed)\b[^.;\n]{0,60}?\b(?:via|by|through|using|against)\b|funktioniert|klappt|funciona|fonctionne|funziona)\b(?!\s(?:only|until|unless|nicht|pas)\b)|(?<!(?:n[o'’]t|never|no longer) )\b(?:shows?|lists?|(?:gives?|gave) (?:me|us)|returns?|returned) (?:an? |the |me |us |all |my |our )?(?!\S{0,3}(?:[45]\d\d|HTTP|error|errors|nothing|forbidden|unauthorized|that|status|same)\b)(?:(?!(?:no|not|error|wrong|[45]\d\d)\b)\w{2,20} ){0,2}(?:\w{0,30}(?:list|data|results?|rows?|records?|ids?|tokens?|users?|queues?|page(?! not))\b|\w{2,40}I[dD]s?\b)/i;
const SENTENCE = /[.!?;]\s{1,3}(?=\p{Lu}|$)|\n/gu;

/**
 * Whether a line reports that its request succeeded. Only the sentence with the request counts, because
 * `The clock is fine` next to a URL is about something else.
 */
export function saysSuccess(line: string, mentions: readonly Mention[]): boolean {
  if (MARK.test(line)) return true;
  if (!VERBS.test(line)) return false;
  let start = 0;
  for (const end of [...Array.from(line.matchAll(SENTENCE), ({ index }) => index), line.length]) {
    const sentence = line.slice(start, end);
    const isAbout =
      mentions.some((mention) => mention.end > start && mention.start < end) ||
      (mentions.length === 0 && findOperationNames(sentence).length > 0);
    if (isAbout && VERBS.test(sentence)) return true;
    start = end;
  }
  return false;
}
