import { createHash } from "node:crypto";
import { IdentityFile } from "./identity-file.ts";

/** An identity has 128 bits. */
const WORDS = 4;
const IDENTITY_BYTES = WORDS * 4;
/** The latest identities, which are in memory. */
const SEGMENT = 4096;
const FIRST_SLOTS = 2 * SEGMENT;
/** The part of the slots that may be taken before there are half as many again. */
const FULLEST = 0.75;
/** The value of each byte that is a hexadecimal digit in lower case; -1 for all others. */
const DIGITS = Int8Array.from({ length: 256 }, (_, byte) =>
  "0123456789abcdef".indexOf(String.fromCharCode(byte)),
);

/**
 * The identities of the records that a part already has: exact, and in memory no more than 5 bytes in a slot for each.
 * The identities themselves lie in a file once there are many; a slot's mark tells nearly always that it holds another
 * one. Last in, first out can be taken back, as when a page turns out to be cut off.
 */
export class SeenRecords {
  readonly #path: string;
  #file: IdentityFile | null = null;
  #count = 0;
  /** The last identities, in the order of their coming; what came before a whole segment is in the file. */
  readonly #segment = new Uint32Array(SEGMENT * WORDS);
  /** Open addressing: the number of the record, counted from 1; 0 is free. */
  #slots = new Uint32Array(FIRST_SLOTS);
  /** Some bits of the identity in each slot. */
  #marks = new Uint8Array(FIRST_SLOTS);
  readonly #key = new Uint32Array(WORDS);
  readonly #found = new Uint32Array(WORDS);

  /** @param path of the file, which is there only while it is being opened */
  constructor(path: string) {
    this.#path = path;
  }

  get count(): number {
    return this.#count;
  }

  /**
   * Remembers the identity that `bytes[from..to)` spell.
   * @returns false when it was known
   * @throws OutputError when the file can't be written
   */
  add(bytes: Uint8Array, from: number, to: number): boolean {
    readKey(bytes, from, to, this.#key);
    const slot = this.#slotOf(this.#key, 0);
    if (this.#slots[slot] !== 0) return false;
    this.#segment.set(this.#key, placeOf(this.#count));
    this.#take(slot, this.#count, this.#key, 0);
    this.#count += 1;
    if (this.#count % SEGMENT === 0) this.#openFile().write(this.#segment, positionOf(this.#count - SEGMENT));
    if (this.#count > this.#slots.length * FULLEST) this.#grow();
    return true;
  }

  /** Forgets the last ones until `count` are left. */
  takeBack(count: number): void {
    while (this.#count > count) {
      const last = this.#count - 1;
      if (this.#count % SEGMENT === 0)
        this.#openFile().read(this.#segment, positionOf(this.#count - SEGMENT));
      // Whoever came later was never looked for beyond this slot, so freeing it breaks no chain.
      this.#slots[this.#slotOf(this.#segment, placeOf(last))] = 0;
      this.#count = last;
    }
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
  }

  #openFile(): IdentityFile {
    this.#file ??= new IdentityFile(this.#path);
    return this.#file;
  }

  #take(slot: number, index: number, key: Uint32Array, at: number): void {
    this.#slots[slot] = index + 1;
    this.#marks[slot] = markOf(hashOf(key, at));
  }

  /** The slot that holds the key, or the free one where it belongs. */
  #slotOf(key: Uint32Array, at: number): number {
    const slots = this.#slots;
    const hash = hashOf(key, at);
    const mark = markOf(hash);
    let slot = hash % slots.length;
    for (;;) {
      const number = slots[slot] as number;
      if (number === 0) return slot;
      if (this.#marks[slot] === mark && this.#holds(number - 1, key, at)) return slot;
      slot = slot + 1 === slots.length ? 0 : slot + 1;
    }
  }

  #holds(index: number, key: Uint32Array, at: number): boolean {
    const isInFile = index < this.#count - (this.#count % SEGMENT);
    if (isInFile) this.#openFile().read(this.#found, positionOf(index));
    const words = isInFile ? this.#found : this.#segment;
    const place = isInFile ? 0 : placeOf(index);
    for (let word = 0; word < WORDS; word += 1) {
      if (words[place + word] !== key[at + word]) return false;
    }
    return true;
  }

  #grow(): void {
    const length = Math.ceil(this.#slots.length * 1.5);
    this.#slots = new Uint32Array(length);
    this.#marks = new Uint8Array(length);
    const segment = new Uint32Array(SEGMENT * WORDS);
    for (let index = 0; index < this.#count; index += 1) {
      if (index % SEGMENT === 0) this.#readSegment(index, segment);
      this.#take(this.#freeSlotOf(segment, placeOf(index)), index, segment, placeOf(index));
    }
  }

  /** The segment that begins with this record, from the file or the memory. */
  #readSegment(index: number, segment: Uint32Array): void {
    if (index + SEGMENT <= this.#count) this.#openFile().read(segment, positionOf(index));
    else segment.set(this.#segment);
  }

  /** The free slot where a key belongs that is in none. */
  #freeSlotOf(key: Uint32Array, at: number): number {
    let slot = hashOf(key, at) % this.#slots.length;
    while (this.#slots[slot] !== 0) slot = slot + 1 === this.#slots.length ? 0 : slot + 1;
    return slot;
  }
}

/** Where in the segment in memory a record's identity is. */
function placeOf(index: number): number {
  return (index % SEGMENT) * WORDS;
}

/** Where in the file it is. */
function positionOf(index: number): number {
  return index * IDENTITY_BYTES;
}

/** Spreads identities over the slots, also those of which only a few digits differ: 31 bits, which the engine divides fast. */
function hashOf(key: Uint32Array, at: number): number {
  let hash = 0;
  for (let word = 0; word < WORDS; word += 1) {
    hash = Math.imul(hash ^ (key[at + word] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 1;
}

/** Bits of the hash that say little of the slot. */
function markOf(hash: number): number {
  return hash >>> 23;
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
