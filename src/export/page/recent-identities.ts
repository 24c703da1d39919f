import { hashOf, IDENTITY_WORDS, isSameIdentity } from "./identity.ts";

const FIRST_SLOTS = 8192;
/** Number of slots per identity when the table is fullest. */
const SLOTS_PER_IDENTITY = 2;

/** A set of identities in memory. The latest additions can be reverted. */
export class RecentIdentities {
  /** The identities in the order of their addition. */
  #words = new Uint32Array((FIRST_SLOTS / SLOTS_PER_IDENTITY) * IDENTITY_WORDS);
  /** Open-addressing table of ordinal numbers of identities, starting at 1; 0 is a free slot. */
  #slots = new Uint32Array(FIRST_SLOTS);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Length of the table, a power of two that is at least twice the number of identities. */
  get slotCount(): number {
    return this.#slots.length;
  }

  /**
   * Adds an identity.
   * @param hash the identity's `hashOf`
   * @returns false when the set already contains it
   */
  add(identity: Uint32Array, hash: number): boolean {
    const slot = this.#slotOf(identity, 0, hash);
    if (this.#slots[slot] !== 0) return false;
    this.#words.set(identity, this.#count * IDENTITY_WORDS);
    this.#count += 1;
    this.#slots[slot] = this.#count;
    if (this.#count * SLOTS_PER_IDENTITY === this.#slots.length) this.#grow();
    return true;
  }

  /** Removes the latest identities until `count` remain. */
  takeBack(count: number): void {
    while (this.#count > count) {
      const at = (this.#count - 1) * IDENTITY_WORDS;
      // All later identities have been removed, and no search for an earlier one continued beyond this slot, so freeing
      // it breaks no chain.
      this.#slots[this.#slotOf(this.#words, at, hashOf(this.#words, at))] = 0;
      this.#count -= 1;
    }
  }

  /** Removes all identities but keeps the memory. */
  clear(): void {
    this.#slots.fill(0);
    this.#count = 0;
  }

  /** Copies the identity in a slot to `target[at]`. Returns false and copies nothing when the slot is free. */
  copySlot(slot: number, target: Uint32Array, at: number): boolean {
    const start = ((this.#slots[slot] as number) - 1) * IDENTITY_WORDS;
    if (start < 0) return false;
    for (let word = 0; word < IDENTITY_WORDS; word += 1) {
      target[at + word] = this.#words[start + word] as number;
    }
    return true;
  }

  /** Returns the slot that contains the identity, or the free slot where it belongs. */
  #slotOf(words: Uint32Array, at: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = slots[slot] as number;
      if (number === 0 || isSameIdentity(this.#words, (number - 1) * IDENTITY_WORDS, words, at)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const words = new Uint32Array(this.#words.length * 2);
    words.set(this.#words);
    this.#words = words;
    this.#slots = new Uint32Array(this.#slots.length * 2);
    // In the order of their addition, which `takeBack` relies on.
    for (let index = 0; index < this.#count; index += 1) {
      const at = index * IDENTITY_WORDS;
      this.#slots[this.#slotOf(words, at, hashOf(words, at))] = index + 1;
    }
  }
}
