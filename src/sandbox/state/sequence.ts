import { createHash, hash } from "node:crypto";

/**
 * A stream of repeatable values. The same seed and name produce the same values, so they must not become secrets
 * outside the sandbox.
 */
export interface Sequence {
  /** Returns a number in [0, 1). */
  fraction(): number;
  /** Returns an integer from `low` to `high`, both inclusive. */
  integer(low: number, high: number): number;
  /** Returns one of `items`, which must not be empty. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  uuid(): string;
  /** Returns a string of characters that an access token can contain. */
  text(length: number): string;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * Starts the stream `name` of `seed`. Uses the 32-bit "small fast counter" generator, which has 128 bits of state.
 */
export function createSequence(seed: number, name: string): Sequence {
  const digest = createHash("sha256").update(`${seed}:${name}`).digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let counter = digest.readInt32LE(12);

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  const fraction = () => next() / 2 ** 32;
  const integer = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1));
  return {
    fraction,
    integer,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    uuid: () =>
      asUuid([next(), next(), next(), next()].map((word) => word.toString(16).padStart(8, "0")).join("")),
    text: (length) => Array.from({ length }, () => ALPHABET[next() & 63]).join(""),
  };
}

/** Returns the id of the object called `name`. It does not depend on the order of creation. */
export function namedId(seed: number, name: string): string {
  return asUuid(hash("sha256", `${seed}/${name}`));
}

/** Formats 32 hexadecimal digits as a version 4 UUID (RFC 9562 section 5.4). */
function asUuid(hex: string): string {
  const variant = ((Number.parseInt(hex[16] ?? "0", 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
