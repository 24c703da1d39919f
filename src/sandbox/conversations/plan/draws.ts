const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/**
 * Repeatable random values for one conversation. The same seed, day and index produce the same values. There is one
 * instance per conversation, so seeding uses plain arithmetic, which is faster than a hash.
 */
export class Draws {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** `day` is the number of days since 1970-01-01. */
  constructor(seed: number, day: number, index: number) {
    this.#a = scramble(seed ^ 0x9e3779b9);
    this.#b = scramble(this.#a ^ Math.imul(day, 0x85ebca6b));
    this.#c = scramble(this.#b ^ Math.imul(index + 1, 0xc2b2ae35));
    for (let round = 0; round < 8; round += 1) this.#next();
  }

  /** Returns a number in [0, 1). */
  fraction(): number {
    return this.#next() / 2 ** 32;
  }

  /** Returns an integer from `low` to `high`, both inclusive. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  /** Returns true with this probability. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** Returns one of `items`, which must not be empty. */
  pick<Item>(items: readonly Item[]): Item {
    return items[this.integer(0, items.length - 1)] as Item;
  }

  /** Returns 32 hexadecimal digits in the form of a version 4 UUID (RFC 9562 section 5.4). */
  uuid(): string {
    const first = this.#next();
    const second = (this.#next() & 0xffff0fff) | 0x4000;
    const third = (this.#next() & 0x3fffffff) | 0x80000000;
    const fourth = this.#next();
    return `${hexOf(first)}-${hexOf(second, 0, 2)}-${hexOf(second, 2, 4)}-${hexOf(third, 0, 2)}-${hexOf(third, 2, 4)}${hexOf(fourth)}`;
  }

  /** Returns the next value of the 32-bit "small fast counter" generator. */
  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

/** Mixes the bits of a 32-bit number with the finalizer of MurmurHash3. */
export function scramble(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}

/** Returns bytes `from` to `to` of a 32-bit word in hexadecimal, highest byte first. */
export function hexOf(word: number, from = 0, to = 4): string {
  let text = "";
  for (let byte = from; byte < to; byte += 1) text += HEX[(word >>> (24 - 8 * byte)) & 255] ?? "";
  return text;
}
