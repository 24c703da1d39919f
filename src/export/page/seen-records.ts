import { createHash } from "node:crypto";
import { IdentityFile } from "./identity-file.ts";

/** Number of 32-bit words in an identity of 128 bits. */
const WORDS = 4;
const IDENTITY_BYTES = WORDS * 4;
/** Number of recent identities that are kept in memory. */
const SEGMENT = 4096;
const FIRST_SLOTS = 2 * SEGMENT;
/** Fraction of occupied slots at which the table grows by half. */
const FULLEST = 0.75;
/** Numeric value of each byte that is a lower-case hexadecimal digit; -1 for all other bytes. */
const DIGITS = Int8Array.from({ length: 256 }, (_, byte) =>
  "0123456789abcdef".indexOf(String.fromCharCode(byte)),
);

/**
 * The exact set of identities that a part already contains. It takes at most 5 bytes of memory per slot, because the
 * identities move to a file once there are many. A few bits of each identity stay in its slot. They nearly always rule
 * out a different identity without reading the file. The latest additions can be reverted, for example when a page
 * turns out to be truncated.
 */
export class SeenRecords {
  readonly #path: string;
  #file: IdentityFile | null = null;
  #count = 0;
  /** The latest identities in order; earlier complete segments are in the file. */
  readonly #segment = new Uint32Array(SEGMENT * WORDS);
  /** Open-addressing table of record numbers, starting at 1; 0 is a free slot. */
  #slots = new Uint32Array(FIRST_SLOTS);
  /** Some bits of the identity in each slot. */
  #marks = new Uint8Array(FIRST_SLOTS);
  readonly #key = new Uint32Array(WORDS);
  readonly #found = new Uint32Array(WORDS);

  /**
   * Creates an empty set.
   * @param path path of the temporary file, whose name exists only while the file is being opened
   */
  constructor(path: string) {
    this.#path = path;
  }

  get count(): number {
    return this.#count;
  }

  /**
   * Adds the identity in `bytes[from..to)`.
   * @returns false when the set already contains it
   * @throws OutputError when the file cannot be written
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

  /** Removes the latest identities until `count` remain. */
  takeBack(count: number): void {
    while (this.#count > count) {
      const last = this.#count - 1;
      if (this.#count % SEGMENT === 0) {
        this.#openFile().read(this.#segment, positionOf(this.#count - SEGMENT));
      }
      // All later identities have been removed, and no search for an earlier one continued beyond this slot, so freeing
      // it breaks no chain.
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

  /** Returns the slot that contains the key, or the free slot where it belongs. */
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

  /** Reads the segment that begins with this record, from the file or from memory. */
  #readSegment(index: number, segment: Uint32Array): void {
    if (index + SEGMENT <= this.#count) this.#openFile().read(segment, positionOf(index));
    else segment.set(this.#segment);
  }

  /** Returns the free slot for a key that the table does not contain. */
  #freeSlotOf(key: Uint32Array, at: number): number {
    let slot = hashOf(key, at) % this.#slots.length;
    while (this.#slots[slot] !== 0) slot = slot + 1 === this.#slots.length ? 0 : slot + 1;
    return slot;
  }
}

/** Returns the offset of a record's identity in the segment in memory. */
function placeOf(index: number): number {
  return (index % SEGMENT) * WORDS;
}

/** Returns the offset of a record's identity in the file, in bytes. */
function positionOf(index: number): number {
  return index * IDENTITY_BYTES;
}

/**
 * Returns a hash that spreads similar identities evenly. It has 31 bits, because the engine divides such integers
 * quickly.
 */
function hashOf(key: Uint32Array, at: number): number {
  let hash = 0;
  for (let word = 0; word < WORDS; word += 1) {
    hash = Math.imul(hash ^ (key[at + word] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 1;
}

/** Returns the bits of the hash that correlate least with the slot. */
function markOf(hash: number): number {
  return hash >>> 23;
}

/** Reads the 128-bit identity: the bits of a UUID, or the start of the SHA-256 of any other string. */
function readKey(bytes: Uint8Array, from: number, to: number, key: Uint32Array): void {
  if (to - from === 36 && readUuid(bytes, from, key)) return;
  const digest = createHash("sha256").update(bytes.subarray(from, to)).digest();
  for (let word = 0; word < WORDS; word += 1) key[word] = digest.readUInt32LE(word * 4);
}

/**
 * Reads a lower-case UUID. Returns false for anything else, including upper case, because two spellings are two
 * identities.
 */
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
