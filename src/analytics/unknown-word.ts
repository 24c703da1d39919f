import { closest } from "../core/closest.ts";
import { UsageError } from "../core/errors.ts";
import { synonymsOf } from "./wording/synonyms.ts";

const MOST_WORDS = 5;
/** Minimum length of a string to search for in names. A shorter one occurs in too many. */
const SHORTEST_PART = 3;

/**
 * Returns the error for a dimension or metric that a query does not have, with at most five suggestions.
 * @param query the name of the query; the hint contains the command that lists its dimensions and metrics
 */
export function unknownWord(
  kind: "dimension" | "metric",
  name: string,
  known: readonly string[],
  query: string,
): UsageError {
  const near = meantWords(name, known);
  const list = `list all: genscope query ${query} --describe`;
  const meant = near.map((word) => `\`${word}\``).join(" or ");
  return new UsageError(
    kind === "metric" ? "usage.unknown_metric" : "usage.unknown_dimension",
    `\`${query}\` has no ${kind} \`${name}\``,
    {
      hint:
        known.length === 0
          ? "pass the whole request with `--body FILE`"
          : near.length === 0
            ? list
            : `did you mean ${meant}? Otherwise ${list}`,
    },
  );
}

/** Returns the platform's words that the user may mean by a contact-center term, a typo, or a part of a name. */
function meantWords(name: string, known: readonly string[]): readonly string[] {
  const synonyms = synonymsOf(name).filter((word) => known.includes(word));
  if (synonyms.length > 0) return synonyms;
  const letters = lettersOf(name);
  // Metrics begin with a letter for their kind: `offered` means `nOffered`.
  const withoutKind = known.filter(
    (word) => /^[nto][A-Z]/.test(word) && lettersOf(word.slice(1)) === letters,
  );
  if (withoutKind.length > 0) return withoutKind;
  const containing =
    letters.length < SHORTEST_PART ? [] : known.filter((word) => lettersOf(word).includes(letters));
  return [...new Set([...nearestWords(name, known), ...containing])].slice(0, MOST_WORDS);
}

/**
 * Returns the words that differ only in case, spaces, hyphens or underscores, otherwise the closest ones; empty when
 * none is close.
 */
export function nearestWords(name: string, known: readonly string[]): readonly string[] {
  const sameLetters = known.filter((word) => lettersOf(word) === lettersOf(name));
  if (sameLetters.length > 0) return sameLetters;
  const byLower = new Map(known.map((word) => [word.toLowerCase(), word]));
  const mistakes = Math.max(2, Math.ceil(name.length / 3));
  return closest(name.toLowerCase(), [...byLower.keys()], 3, mistakes).map(
    (word) => byLower.get(word) ?? word,
  );
}

/** Returns the letters of a word, which are the same for `On Queue`, `on-queue` and `ON_QUEUE`. */
function lettersOf(word: string): string {
  return word.toLowerCase().replace(/[\s_-]/g, "");
}
