import { createHash } from "node:crypto";

const WORDS = 4;
const FIRST_CAPACITY = 1 << 12;

/**
 * The identities of the records that a part already has, exact and small: 16 bytes and two slots of 4 each. Last
 * in, first out can be taken back, as when a page turns out to be cut off.
 */
export class SeenRecords {
  #count = 0;
  /** 16 bytes of identity for each record, in the order of their coming. */
  #identities = new Uint32Array(FIRST_CAPACITY * WORDS);
  /** Open addressing: where in `#identities` the record is, plus one; 0 is free. */
  #slots = new Uint32Array(FIRST_CAPACITY * 2);
  readonly #key = new Uint32Array(WORDS);

  get count(): number {
    return this.#count;
  }

  /** Remembers an identity. @returns false when it was known */
  add(identity: string): boolean {
    readKey(identity, this.#key);
    const slot = this.#slotOf(this.#key, 0);
    if (this.#slots[slot] !== 0) return false;
    if ((this.#count + 1) * WORDS > this.#identities.length) {
      this.#grow();
      this.#insert(this.#slotOf(this.#key, 0));
    } else {
      this.#insert(slot);
    }
    return true;
  }

  /** Forgets the last ones until `count` are left. */
  takeBack(count: number): void {
    while (this.#count > count) {
      this.#count -= 1;
      // Whoever came later was never looked for beyond this slot, so freeing it breaks no chain.
      this.#slots[this.#slotOf(this.#identities, this.#count * WORDS)] = 0;
    }
  }

  #insert(slot: number): void {
    this.#identities.set(this.#key, this.#count * WORDS);
    this.#count += 1;
    this.#slots[slot] = this.#count;
  }

  /** The slot that holds the key, or the free one where it belongs. */
  #slotOf(key: Uint32Array, at: number): number {
    const mask = this.#slots.length - 1;
    let slot = scramble(key, at) & mask;
    for (;;) {
      const index = this.#slots[slot] as number;
      if (index === 0 || this.#holds((index - 1) * WORDS, key, at)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #holds(position: number, key: Uint32Array, at: number): boolean {
    for (let word = 0; word < WORDS; word += 1) {
      if (this.#identities[position + word] !== key[at + word]) return false;
    }
    return true;
  }

  #grow(): void {
    const identities = new Uint32Array(this.#identities.length * 2);
    identities.set(this.#identities);
    this.#identities = identities;
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let index = 0; index < this.#count; index += 1) {
      this.#slots[this.#slotOf(identities, index * WORDS)] = index + 1;
    }
  }
}

/** Spreads identities over the slots, also those of which only a few digits differ. */
function scramble(key: Uint32Array, at: number): number {
  let hash = 0;
  for (let word = 0; word < WORDS; word += 1) {
    hash = Math.imul(hash ^ (key[at + word] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** 128 bits of an identity: a UUID's own, of anything else the beginning of its SHA-256. */
function readKey(identity: string, key: Uint32Array): void {
  if (identity.length === 36 && readUuid(identity, key)) return;
  const digest = createHash("sha256").update(identity).digest();
  for (let word = 0; word < WORDS; word += 1) key[word] = digest.readUInt32LE(word * 4);
}

/** False for what is not spelled like a UUID in lower case: two spellings are two identities. */
function readUuid(text: string, key: Uint32Array): boolean {
  let digits = 0;
  let word = 0;
  for (let index = 0; index < 36; index += 1) {
    const code = text.charCodeAt(index);
    if (index === 8 || index === 13 || index === 18 || index === 23) {
      if (code !== 0x2d) return false;
      continue;
    }
    const digit =
      code >= 0x30 && code <= 0x39 ? code - 0x30 : code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
    if (digit < 0) return false;
    word = (word << 4) | digit;
    digits += 1;
    if (digits % 8 === 0) key[digits / 8 - 1] = word;
  }
  return true;
}
