import { NumberList } from "./number-list.ts";
import { ParquetBytes } from "./parquet-bytes.ts";

const FIRST_SLOTS = 256;
/** Size in bytes of the length that precedes each string. */
export const LENGTH_BYTES = 4;

/** Distinct strings in the order of their first occurrence, stored as the bytes of a dictionary page. */
export class TextDictionary extends ParquetBytes {
  /** Offset and hash of each string. */
  readonly #offsets = new NumberList();
  readonly #hashes = new NumberList();
  /** Open-addressing hash table of string numbers; -1 is a free slot. Its length is a power of two. */
  #slots = new Int32Array(FIRST_SLOTS).fill(-1);
  #last = -1;

  get size(): number {
    return this.#offsets.length;
  }

  override clear(): void {
    super.clear();
    this.#offsets.clear();
    this.#hashes.clear();
    this.#slots.fill(-1);
    this.#last = -1;
  }

  /** Returns the number of a UTF-8 string, and adds the string if it is new. */
  numberOf(source: DataView, from: number, to: number): number {
    if (this.#last < 0 || !this.#isAt(this.#last, source, from, to)) {
      this.#last = this.#find(source, from, to);
    }
    return this.#last;
  }

  /** Writes the string with this number to a page. */
  copyTo(page: ParquetBytes, number: number): void {
    const start = this.#offsets.numbers[number] as number;
    page.addBytes(this.written.subarray(start, start + LENGTH_BYTES + this.view.getUint32(start, true)));
  }

  #find(source: DataView, from: number, to: number): number {
    const hash = hashOf(source, from, to);
    const slots = this.#slots;
    const hashes = this.#hashes;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let number = slots[slot] as number; number >= 0; number = slots[slot] as number) {
      if (hashes.at(number) === hash && this.#isAt(number, source, from, to)) return number;
      slot = (slot + 1) & mask;
    }
    const added = this.size;
    slots[slot] = added;
    this.#offsets.push(this.length);
    this.#hashes.push(hash);
    this.addTextRange(source, from, to);
    if (this.size * 2 > slots.length) this.#grow();
    return added;
  }

  /** Returns whether the string with this number equals these bytes. */
  #isAt(number: number, source: DataView, from: number, to: number): boolean {
    const start = this.#offsets.at(number);
    const { view } = this;
    if (view.getUint32(start, true) !== to - from) return false;
    let own = start + LENGTH_BYTES;
    let at = from;
    for (; at + 4 <= to; at += 4) {
      if (view.getInt32(own) !== source.getInt32(at)) return false;
      own += 4;
    }
    for (; at < to; at += 1) {
      if (view.getInt8(own) !== source.getInt8(at)) return false;
      own += 1;
    }
    return true;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (const [number, hash] of this.#hashes.numbers.entries()) {
      let slot = hash & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
    this.#slots = slots;
  }
}

/** Returns a 31-bit hash. Reads four bytes at a time. */
function hashOf(source: DataView, from: number, to: number): number {
  let hash = to - from;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    hash = Math.imul(hash ^ source.getInt32(at), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < to; at += 1) hash = Math.imul(hash ^ source.getInt8(at), 0x9e3779b1);
  hash ^= hash >>> 13;
  return hash >>> 1;
}
