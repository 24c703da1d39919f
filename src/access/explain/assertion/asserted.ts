import { type WordsAround, wordsAround } from "./clause.ts";
import {
  isConsidered,
  isDenied,
  isDeniedNearby,
  isDeniedWithin,
  isOfOtherSystem,
  isOfOthers,
  isOver,
} from "./doubt.ts";

/** Maximum number of matches to examine. Text with more of them is data rather than prose. */
const MOST_MATCHES = 50;
/** Maximum number of characters of a match that can be words of its author, rather than words between two others. */
const LONGEST_MATCH = 600;

const SEARCHES = new WeakMap<RegExp, RegExp>();

/**
 * Returns the first match that the text reports as a fact: not denied, not over, not a condition or a question, not
 * about another person and not quoted from a document or from source code. Null if none exists.
 */
export function findReported(pattern: RegExp, text: string): RegExpExecArray | null {
  return firstOf(pattern, text, (around, words) => {
    return !(
      isDeniedWithin(words, pattern) ||
      isDeniedNearby(around) ||
      isOver(around) ||
      isConsidered(around) ||
      isOfOthers(around)
    );
  });
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

function firstOf(
  pattern: RegExp,
  text: string,
  isMeant: (around: WordsAround, words: string) => boolean,
): RegExpExecArray | null {
  return matchesOf(pattern, text, isMeant, 1)[0] ?? null;
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
