import { createHash } from "node:crypto";

/** An identity has 128 bits. */
const WORDS = 4;
/** Identities in one piece of memory: what grows is never copied. */
const SEGMENT = 4096;
const FIRST_SLOTS = 2 * SEGMENT;
/** The part of the slots that may be taken before there are half as many again. */
const FULLEST = 2 / 3;
/** The value of each byte that is a hexadecimal digit in lower case; -1 for all others. */
const DIGITS = Int8Array.from({ length: 256 }, (_, byte) =>
  "0123456789abcdef".indexOf(String.fromCharCode(byte)),
);

/**
 * The identities of the records that a part already has, exact and small: 16 bytes each and at most 9 for finding
 * them. Last in, first out can be taken back, as when a page turns out to be cut off.
 */
export class SeenRecords {
  #count = 0;
  /** The identities in the order of their coming. */
  readonly #segments: Uint32Array[] = [];
  /** Open addressing: the number of the record, counted from 1; 0 is free. */
  #slots = new Uint32Array(FIRST_SLOTS);
  readonly #key = new Uint32Array(WORDS);

  get count(): number {
    return this.#count;
  }

  /** Remembers the identity that `bytes[from..to)` spell. @returns false when it was known */
  add(bytes: Uint8Array, from: number, to: number): boolean {
    readKey(bytes, from, to, this.#key);
    const slot = this.#slotOf(this.#key, 0);
    if (this.#slots[slot] !== 0) return false;
    const place = (this.#count % SEGMENT) * WORDS;
    if (place === 0) this.#segments[this.#count / SEGMENT] ??= new Uint32Array(SEGMENT * WORDS);
    this.#segmentOf(this.#count).set(this.#key, place);
    this.#count += 1;
    this.#slots[slot] = this.#count;
    if (this.#count > this.#slots.length * FULLEST) this.#grow();
    return true;
  }

  /** Forgets the last ones until `count` are left. */
  takeBack(count: number): void {
    while (this.#count > count) {
      const last = this.#count - 1;
      // Whoever came later was never looked for beyond this slot, so freeing it breaks no chain.
      this.#slots[this.#slotOf(this.#segmentOf(last), (last % SEGMENT) * WORDS)] = 0;
      this.#count = last;
    }
  }

  #segmentOf(index: number): Uint32Array {
    return this.#segments[Math.floor(index / SEGMENT)] as Uint32Array;
  }

  /** The slot that holds the key, or the free one where it belongs. */
  #slotOf(key: Uint32Array, at: number): number {
    const slots = this.#slots;
    let slot = scramble(key, at) % slots.length;
    for (;;) {
      const number = slots[slot] as number;
      if (number === 0 || this.#holds(number - 1, key, at)) return slot;
      slot = slot + 1 === slots.length ? 0 : slot + 1;
    }
  }

  #holds(index: number, key: Uint32Array, at: number): boolean {
    const segment = this.#segmentOf(index);
    const place = (index % SEGMENT) * WORDS;
    return (
      segment[place] === key[at] &&
      segment[place + 1] === key[at + 1] &&
      segment[place + 2] === key[at + 2] &&
      segment[place + 3] === key[at + 3]
    );
  }

  #grow(): void {
    this.#slots = new Uint32Array(Math.ceil(this.#slots.length * 1.5));
    for (let index = 0; index < this.#count; index += 1) {
      this.#slots[this.#slotOf(this.#segmentOf(index), (index % SEGMENT) * WORDS)] = index + 1;
    }
  }
}

/** Spreads identities over the slots, also those of which only a few digits differ: 31 bits, which the engine divides fast. */
function scramble(key: Uint32Array, at: number): number {
  let hash = 0;
  for (let word = 0; word < WORDS; word += 1) {
    hash = Math.imul(hash ^ (key[at + word] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 1;
}

/** 128 bits of an identity: a UUID's own, of anything else the beginning of its SHA-256. */
function readKey(bytes: Uint8Array, from: number, to: number, key: Uint32Array): void {
  if (to - from === 36 && readUuid(bytes, from, key)) return;
  const digest = createHash("sha256").update(bytes.subarray(from, to)).digest();
  for (let word = 0; word < WORDS; word += 1) key[word] = digest.readUInt32LE(word * 4);
}

/** False for what is not spelled like a UUID in lower case: two spellings are two identities. */
function readUuid(bytes: Uint8Array, from: number, key: Uint32Array): boolean {
  let digits = 0;
  let word = 0;
  for (let index = 0; index < 36; index += 1) {
    const byte = bytes[from + index] as number;
    if (index === 8 || index === 13 || index === 18 || index === 23) {
      if (byte !== 0x2d) return false;
      continue;
    }
    const digit = DIGITS[byte] as number;
    if (digit < 0) return false;
    word = (word << 4) | digit;
    digits += 1;
    if (digits % 8 === 0) key[digits / 8 - 1] = word;
  }
  return true;
}
