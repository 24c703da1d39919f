import { countMistakes } from "../../core/closest.ts";

/**
 * Returns the distance of two texts from 0 (equal) to 1 (nothing in common): the number of typing errors
 * divided by the longer length.
 */
export function difference(left: string, right: string): number {
  const longest = Math.max(left.length, right.length);
  return longest === 0 ? 0 : countMistakes(left, right) / longest;
}
