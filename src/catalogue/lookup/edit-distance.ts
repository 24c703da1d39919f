import { countTypos } from "../../core/closest.ts";

/**
 * Returns the distance between two strings, from 0 (equal) to 1 (nothing in common): the number of typos divided by
 * the longer length. Returns 1 without comparing when the lengths alone make the distance exceed `most`.
 */
export function difference(left: string, right: string, most = 1): number {
  const longest = Math.max(left.length, right.length);
  if (longest === 0) return 0;
  // Comparing takes time in proportion to the product of both lengths, and one of the strings comes from the
  // user.
  if (Math.abs(left.length - right.length) > longest * most) return 1;
  return countTypos(left, right) / longest;
}
