import { hexOf, scramble } from "./draws.ts";

/** Position of a conversation: the UTC day, counted from 1970-01-01, and its index in that day. */
export interface Position {
  readonly day: number;
  readonly index: number;
}

/**
 * Returns the conversation id of a position. It looks like any version 4 UUID but can be decoded, so that a
 * conversation can be found by id without a list of all ids.
 */
export function idOfPosition(seed: number, { day, index }: Position): string {
  const third = (scramble(seed ^ Math.imul(day, 0x9e3779b1) ^ scramble(index)) & 0x3fffffff) | 0x80000000;
  const fourth = scramble(third ^ Math.imul(index + day, 0x27d4eb2f));
  const first = index ^ scramble(fourth ^ seed);
  const second = (((day ^ scramble(fourth + 1)) & 0xffff) << 16) | 0x4000 | (scramble(fourth + 2) & 0x0fff);
  return `${hexOf(first)}-${hexOf(second, 0, 2)}-${hexOf(second, 2, 4)}-${hexOf(third, 0, 2)}-${hexOf(third, 2, 4)}${hexOf(fourth)}`;
}

/** Decodes an id into its position; null for an id from another source or seed. */
export function positionOfId(seed: number, id: string): Position | null {
  const hex = id.replaceAll("-", "");
  if (!/^[\da-f]{32}$/.test(hex)) return null;
  const word = (at: number) => Number.parseInt(hex.slice(at, at + 8), 16) | 0;
  const fourth = word(24);
  const index = (word(0) ^ scramble(fourth ^ seed)) >>> 0;
  const day = ((word(8) >>> 16) ^ scramble(fourth + 1)) & 0xffff;
  return idOfPosition(seed, { day, index }) === id ? { day, index } : null;
}
