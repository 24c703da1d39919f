import { blankStatuses, sentencesOf } from "./sentences.ts";

/** Matches a statement that the call succeeds now. */
const WORKS_NOW =
  /\b(?:now|since then|afterwards|after that|today|currently|meanwhile|by now|these days)\b[^.!?\n]{0,80}?\b(?:works?|working|200|fine|succeed(?:s|ed)?|passes|goes through|returns? (?:data|results?|everything|rows))\b|\bsince (?:I|we|adding|then|that|the)\b[^.!?\n]{0,80}?\b(?:works?|working|fine|gone|succeeds|passes)\b|\b(?:works?|working|fine|200|passes|succeeds|goes through)\b[^.!?\n]{0,20}\b(?:now|since)\b/i;
const NEGATED = /\b(?:not|never|still|only|stopped|no longer|broken|used to)\b|n['’]t\b/i;
/** Matches a sentence about a failure in the past: `before I added the role I got 403`, `it used to return 401`. */
const PAST =
  /\b(?:before (?:I|we|he|she|they|that|this|the|adding|granting|assigning)|until (?:I|we|he|she|they|yesterday|last)|used to|previously|earlier|at first|initially|originally|in the beginning|back then|without (?:it|that|the role|the permission)|first (?:I|we|it))\b/i;
const PAST_VERB =
  /\b(?:got|had|was|were|returned|received|saw|failed|gave|answered|came|responded|threw|hit|used to)\b/i;
/** Matches a sentence about a failure that continues. */
const CONTINUES = /\b(?:still|again|now|today|keeps?|always|today|to this day)\b/i;

/** Matches a past success of a call that fails now: `used to return 200`, `worked until Monday`. */
const PAST_SUCCESS =
  /\bused to (?:work|succeed|pass|be (?:fine|ok|okay)|go through|(?:return|give|answer|get|yield)(?: an?| us| me| with)? 2\d\d(?: OK)?)\b|\b(?:(?:has |had |have )?worked|was (?:fine|working|ok|okay)|(?:returned|gave|answered) 2\d\d|succeeded)\b(?=[^.!?\n]{0,40}\b(?:until|till|up to|last (?:week|month|year)|yesterday|for (?:months|years|weeks|ages))\b)/gi;
const LONGEST_PROSE = 20_000;

/**
 * Blanks out phrases about an earlier success, such as `it worked until Monday`, so that they do not count as the
 * call's outcome.
 */
export function withoutPastSuccess(text: string): string {
  return text.length > LONGEST_PROSE ? text : text.replace(PAST_SUCCESS, (words) => " ".repeat(words.length));
}

/** Matches a refusal after which the same call succeeded. Excludes 404, which may be about a new object. */
const PASSED_LATER =
  /(?<![\w.:/-])(?:40[0-3]|429|5\d\d)(?=[^.!?\n/]{0,60}\b(?:later|afterwards|then)\b,? (?:it|they|everything|the (?:very )?same (?:call|request|query)|the (?:call|request))\b[^.!?\n/]{0,30}\b(?:(?:returned|gave|answered|got|was|is|returns)(?: an?)? (?:200|fine)|worked|works|succeeded|passed)\b)/g;
/** Matches a statement that another failure replaced the first one: `now it returns 403 instead`. */
const MOVED_ON = /\b(?:now|instead)\b[^.!?\n]{0,80}?(?<![\w.:/-])([45]\d\d)\b/i;
/** Matches a correction: `sorry, typo: it's a 404, not a 403`. */
const CORRECTED =
  /\b(?:typo|sorry|correction|I meant|meant to (?:say|write)|edit|update)\b[^.\n]{0,40}?(?<![\w.:/-])([45]\d\d)\b[^.\n]{0,20}\bnot (?:an? |the )?([45]\d\d)\b/i;

/** Replaces a status with the author's correction. */
export function withCorrections(text: string): string {
  const [, right = "", wrong = ""] = text.length > LONGEST_PROSE ? [] : (CORRECTED.exec(text) ?? []);
  return wrong === "" ? text : text.replace(new RegExp(`(?<![\\w.:/-])${wrong}(?![\\w-])`, "g"), right);
}

/**
 * Blanks out the statuses of failures that no longer occur, if the text says that the call succeeds now:
 * `before I added the role I got 403. Now it returns 200`.
 */
export function withoutPast(given: string): string {
  const text =
    given.length > LONGEST_PROSE ? given : given.replace(PASSED_LATER, (digits) => " ".repeat(digits.length));
  const sentences = sentencesOf(text);
  const next = sentences.flatMap((sentence) => MOVED_ON.exec(sentence)?.[1] ?? []);
  const worksNow = sentences.some(
    (sentence) => WORKS_NOW.test(sentence) && !NEGATED.test(sentence) && !/\b[45]\d\d\b/.test(sentence),
  );
  if (!worksNow && next.length === 0) return text;
  return blankStatuses(
    text,
    (sentence) =>
      PAST.test(sentence) &&
      PAST_VERB.test(sentence) &&
      !CONTINUES.test(sentence) &&
      (worksNow || !next.some((status) => sentence.includes(status))),
  );
}
