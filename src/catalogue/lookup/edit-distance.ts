import { countMistakes } from "../../core/closest.ts";

/** How unlike two texts are, from 0 (same) to 1 (nothing in common): typing mistakes by the longer text's length. */
export function difference(left: string, right: string): number {
  const longest = Math.max(left.length, right.length);
  return longest === 0 ? 0 : countMistakes(left, right) / longest;
}
