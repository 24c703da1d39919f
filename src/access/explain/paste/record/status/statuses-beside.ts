import { findStatuses } from "./status-words.ts";

/** Maximum length, in characters, of a line in which to compare statuses. A longer one is data rather than prose. */
const LONGEST_LINE = 600;
/** Matches characters of tables, logs and objects, in which a second number is not about a second response. */
const NO_SENTENCE = /[={}[\]|<>"\ue000→]|->/;
/** Matches phrases about a program that handles a status rather than receives one. */
const HANDLED =
  /\b(?:retr(?:y|ies|ied)|handl\w{1,4}|catch(?:es)?|caught|ignor\w{1,3}|instead of|turn\w{0,3} into|becomes?)\b/i;
const BETWEEN = /[,;]|\b(?:and|but|while|or)\b/;

/**
 * Returns the statuses that one sentence reports in addition to the first: `user A gets a 403, user B a 404`. Empty for
 * text that reports only one.
 */
export function statusesBeside(text: string, first: number): readonly number[] {
  for (const line of text.split("\n")) {
    if (line.length > LONGEST_LINE || HANDLED.test(line)) continue;
    const refusals = findStatuses(line).filter(({ status }) => status >= 400);
    const own = refusals.find(({ status }) => status === first);
    if (own === undefined) continue;
    const others = refusals.filter(({ start, status }) => {
      if (status === first || start < own.start) return false;
      const between = line.slice(own.start + 3, start);
      return BETWEEN.test(between) && !NO_SENTENCE.test(between) && !/[.!?]\s/.test(between);
    });
    return [...new Set(others.map(({ status }) => status))];
  }
  return [];
}
