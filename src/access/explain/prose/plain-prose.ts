import { reports } from "../assertion/asserted.ts";

/**
 * Maximum length of prose in characters. Longer text is a log or a post, in which quoted output matters more
 * than words.
 */
const LONGEST_PROSE = 300;
/** Matches only letters and the punctuation of sentences. This rules out paths, fields, brackets and program output. */
const PROSE = /^[\p{L}\p{M}\d\s.,;!?'’"“”-]+$/u;

/** Phrases that describe a refusal without its status, with the status that they mean. */
const REFUSALS: readonly (readonly [RegExp, number])[] = [
  [
    /\b(?:unauthori[sz]ed|unauthenticated|not logged in|(?:invalid|expired|revoked) token(?! tests?\b)|token (?:is |has |was |got )?(?:expired|invalid|revoked|rejected|not accepted))\b/i,
    401,
  ],
  [
    /\b(?:forbidden(?! to\b)|den(?:y|ied|ies) access|(?:access|permission|permissions|request|call) (?:is |was |gets? |are )?(?:denied|refused|rejected)(?! (?:by (?:my|our|the) (?:manager|boss|team|admin)|by default))|denied access|(?<!^it is )not (?:allowed|permitted|authori[sz]ed) to|(?:no|lacks? (?:the |a )?|missing) permissions?)\b/i,
    403,
  ],
  [
    /\b(?:throttl(?:ed|ing)|rate[- ]limited|(?:hit|because of|due to|run into|error|get|got|see)\b[^.\n]{0,20}\brate[- ]limiting|too many requests)\b/i,
    429,
  ],
];
/**
 * Matches a status at the beginning or end of a short sentence. A number in the middle may be a count or part of
 * a name.
 */
const LONE_STATUS =
  /^\W{0,3}(401|403|429)\b(?=\D{0,40}$)|^\D{0,40}(?<![\w.,-]|\b(?:port|pid|line|room|worker|step|page|order|ticket|build|number) )(401|403|429)\W{0,3}$/i;

/** Whether the text is a sentence or two that a person wrote, without program output. */
export function isProse(text: string): boolean {
  const words = text.trim();
  return words.length <= LONGEST_PROSE && PROSE.test(words) && /\p{L}{2}/u.test(words);
}

/** Guesses the status from words for a refusal; null when the text contains none. */
export function guessStatus(prose: string): number | null {
  const text = prose.trim();
  const named = REFUSALS.find(([pattern]) => reports(pattern, text));
  if (named !== undefined) return named[1];
  const [, first, last] = LONE_STATUS.exec(text) ?? [];
  const digits = first ?? last;
  return digits === undefined ? null : Number(digits);
}
