import { closest } from "../../core/closest.ts";
import type { Catalogue } from "../facts/catalogue.ts";
import { API_ROOT } from "../facts/operation-line.ts";

/** A shorter word is another word after one typing error. */
const SHORTEST = 4;
/** Words with fewer letters tolerate one typing error, longer ones two. */
const LONG = 7;
const MOST_WORDS = 24;

/**
 * Replaces each word of a path that no path of the catalogue has by the nearest one that differs by one or two typing
 * errors. Returns null when no word has such a neighbor.
 */
export function correctWords(catalogue: Catalogue, words: readonly string[]): readonly string[] | null {
  // Each word is compared with every word of the catalogue, and a path from outside can have any number of them.
  if (words.length > MOST_WORDS) return null;
  const known = new Set<string>();
  for (const { path } of catalogue.operations()) {
    for (const word of path.slice(API_ROOT.length).split("/")) known.add(word);
  }
  const correct = (word: string): string => {
    if (known.has(word) || word.length < SHORTEST) return word;
    // People rarely mistype the first letter, and without it nearly every short word has a neighbor.
    const alike = [...known].filter((other) => other.length >= SHORTEST && other[0] === word[0]);
    return closest(word, alike, 1, word.length < LONG ? 1 : 2)[0] ?? word;
  };
  const corrected = words.map((word) => correct(word.toLowerCase()));
  return corrected.every((word, index) => word === words[index]?.toLowerCase()) ? null : corrected;
}
