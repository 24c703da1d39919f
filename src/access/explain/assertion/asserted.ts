import { type WordsAround, wordsAround } from "./clause.ts";
import {
  isCalledWrong,
  isConsidered,
  isDenied,
  isDeniedNearby,
  isDeniedWithin,
  isOfOtherSystem,
  isOfOthers,
  isOver,
} from "./doubt.ts";

/** Maximum number of matches to examine. Text with more of them is data rather than prose. */
const MOST_MATCHES = 200;
/** Maximum number of characters of a match that can be words of its author, rather than words between two others. */
const LONGEST_MATCH = 600;

const SEARCHES = new WeakMap<RegExp, RegExp>();

/**
 * Returns the first match that the text reports as a fact: not denied, not over, not a condition or a question, not
 * about another person and not quoted from a document or from source code. Null if none exists.
 */
export function findReported(pattern: RegExp, text: string): RegExpExecArray | null {
  const isMeant = (around: WordsAround, words: string): boolean => isReported(around, words, pattern);
  return matchesOf(pattern, text, isMeant, 1)[0] ?? null;
}

/** Like `findReported`, for statements that are about another system or person themselves. */
export function findStated(pattern: RegExp, text: string): RegExpExecArray | null {
  const isMeant = (around: WordsAround, words: string): boolean => isStated(around, words, pattern);
  return matchesOf(pattern, text, isMeant, 1)[0] ?? null;
}

/** Whether the text states a match that is about another system or person itself. */
export function states(pattern: RegExp, text: string): boolean {
  return findStated(pattern, text) !== null;
}

function isStated(around: WordsAround, words: string, pattern: RegExp): boolean {
  return !(
    isDeniedWithin(words, pattern) ||
    isDeniedNearby(around) ||
    isOver(around) ||
    isConsidered(around)
  );
}

function isReported(around: WordsAround, words: string, pattern: RegExp): boolean {
  return isStated(around, words, pattern) && !isOfOthers(around);
}

/** Returns every match that the text reports as a fact. */
export function findAllReported(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  return matchesOf(pattern, text, (around, words) => isReported(around, words, pattern));
}

/** Whether the text reports a match of the pattern as a fact. */
export function reports(pattern: RegExp, text: string): boolean {
  return findReported(pattern, text) !== null;
}

/** Returns every match that the author believes, considers or asks about, and neither denies nor describes as over. */
export function findBelieved(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  return matchesOf(
    pattern,
    text,
    (around) => !(isDenied(around) || isOver(around) || isOfOtherSystem(around)),
  );
}

/** Returns every match that is not about another system and that the author does not call wrong. */
export function findMentioned(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  return matchesOf(pattern, text, (around) => !(isCalledWrong(around) || isOfOtherSystem(around)));
}

function matchesOf(
  pattern: RegExp,
  text: string,
  isMeant: (around: WordsAround, words: string) => boolean,
  most: number = MOST_MATCHES,
): readonly RegExpExecArray[] {
  const meant: RegExpExecArray[] = [];
  let count = 0;
  for (const match of text.matchAll(globalOf(pattern))) {
    if (++count > MOST_MATCHES) break;
    const end = match.index + match[0].length;
    if (!isMeant(wordsAround(text, Math.max(match.index, end - LONGEST_MATCH), end), match[0])) continue;
    meant.push(match);
    if (meant.length >= most) break;
  }
  return meant;
}

/** Returns the pattern with the flag that finds every match. */
function globalOf(pattern: RegExp): RegExp {
  if (pattern.global) return pattern;
  const known = SEARCHES.get(pattern) ?? new RegExp(pattern.source, `${pattern.flags}g`);
  SEARCHES.set(pattern, known);
  return known;
}
