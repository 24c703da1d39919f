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
/** A match can span most of the text. Only this many characters at its end are treated as the statement itself. */
const LONGEST_MATCH = 600;

const SEARCHES = new WeakMap<RegExp, RegExp>();

/**
 * Returns the first match that the text reports as a current fact: not denied, not in the past, not a condition or a
 * question, not about another person and not quoted from a document or from source code. Null if none exists.
 */
export function findReported(pattern: RegExp, text: string): RegExpExecArray | null {
  const isMeant = (around: WordsAround, words: string): boolean => isReported(around, words, pattern);
  return matchesOf(pattern, text, isMeant, 1)[0] ?? null;
}

/**
 * Like `findReported`, but also accepts quotations and statements about another person or system, for patterns that
 * look for exactly those.
 */
export function findStated(pattern: RegExp, text: string): RegExpExecArray | null {
  const isMeant = (around: WordsAround, words: string): boolean => isStated(around, words, pattern);
  return matchesOf(pattern, text, isMeant, 1)[0] ?? null;
}

/** Whether the text states a match as a fact, even in a quotation or about another person or system. */
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

/**
 * Returns every match that the author believes, considers or asks about: not denied, not in the past and not about
 * another system.
 */
export function findBelieved(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  return matchesOf(
    pattern,
    text,
    (around) => !(isDenied(around) || isOver(around) || isOfOtherSystem(around)),
  );
}

/** Returns every match, except those about another system and those that the author calls wrong. */
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

/** Returns the pattern with the `g` flag, which `matchAll` requires. */
function globalOf(pattern: RegExp): RegExp {
  if (pattern.global) return pattern;
  const known = SEARCHES.get(pattern) ?? new RegExp(pattern.source, `${pattern.flags}g`);
  SEARCHES.set(pattern, known);
  return known;
}
