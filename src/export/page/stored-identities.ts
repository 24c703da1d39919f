import { hashOf, IDENTITY_WORDS, isSameIdentity } from "./identity.ts";
import type { IdentityFile } from "./identity-file.ts";
import type { RecentIdentities } from "./recent-identities.ts";

/** Number of slots per write. */
const BLOCK_SLOTS = 4096;
const SLOT_BYTES = IDENTITY_WORDS * Uint32Array.BYTES_PER_ELEMENT;
const FREE = 0;

/**
 * An unchangeable set of identities. The identities are in a file, as an open-addressing table. Memory contains only
 * one byte per slot, which nearly always rules out a different identity without reading the file.
 */
export class StoredIdentities {
  readonly #file: IdentityFile;
  /** Position of the table in the file, in bytes. */
  readonly #start: number;
  /** The mark of the identity in each slot; `FREE` for a free slot. */
  readonly #marks: Uint8Array;
  readonly #found = new Uint32Array(IDENTITY_WORDS);

  /**
   * Writes the identities to the file, from `start` on.
   * @throws OutputError when the file cannot be written
   */
  constructor(file: IdentityFile, start: number, identities: RecentIdentities) {
    this.#file = file;
    this.#start = start;
    this.#marks = new Uint8Array(identities.slotCount);
    const block = new Uint32Array(BLOCK_SLOTS * IDENTITY_WORDS);
    for (let first = 0; first < this.#marks.length; first += BLOCK_SLOTS) {
      for (let index = 0; index < BLOCK_SLOTS; index += 1) {
        const at = index * IDENTITY_WORDS;
        if (identities.copySlot(first + index, block, at)) {
          this.#marks[first + index] = markOf(hashOf(block, at));
        }
      }
      file.write(block, start + first * SLOT_BYTES);
    }
  }

  /** Position of the first byte after the table. */
  get end(): number {
    return this.#start + this.#marks.length * SLOT_BYTES;
  }

  /**
   * Returns whether the set contains the identity.
   * @param hash the identity's `hashOf`
   * @throws OutputError when the file cannot be read
   */
  has(identity: Uint32Array, hash: number): boolean {
    const marks = this.#marks;
    const mask = marks.length - 1;
    const mark = markOf(hash);
    for (let slot = hash & mask; marks[slot] !== FREE; slot = (slot + 1) & mask) {
      if (marks[slot] !== mark) continue;
      this.#file.read(this.#found, this.#start + slot * SLOT_BYTES);
      if (isSameIdentity(this.#found, 0, identity, 0)) return true;
    }
    return false;
  }
}

/** Returns a number from 1 to 255 from the bits of the hash that do not determine the slot. */
function markOf(hash: number): number {
  return ((hash >>> 24) % 255) + 1;
}
