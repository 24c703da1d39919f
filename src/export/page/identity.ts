import { createHash } from "node:crypto";

/** Number of 32-bit words in an identity of 128 bits. */
export const IDENTITY_WORDS = 4;

/** Numeric value of each byte that is a lower-case hexadecimal digit; -1 for all other bytes. */
const DIGITS = Int8Array.from({ length: 256 }, (_, byte) =>
  "0123456789abcdef".indexOf(String.fromCharCode(byte)),
);

/** Reads the 128-bit identity of `bytes[from..to)`: the bits of a UUID, or the start of the SHA-256 of other text. */
export function readIdentity(bytes: Uint8Array, from: number, to: number, identity: Uint32Array): void {
  if (to - from === 36 && readUuid(bytes, from, identity)) return;
  const digest = createHash("sha256").update(bytes.subarray(from, to)).digest();
  for (let word = 0; word < IDENTITY_WORDS; word += 1) identity[word] = digest.readUInt32LE(word * 4);
}

/**
 * Reads a lower-case UUID. Returns false for anything else, including upper case, because two spellings are two
 * identities.
 */
function readUuid(bytes: Uint8Array, from: number, identity: Uint32Array): boolean {
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
    if (digits % 8 === 0) identity[digits / 8 - 1] = word;
  }
  return true;
}

/**
 * Returns a hash that spreads similar identities evenly. The identity begins at `words[at]`. The hash is a signed
 * 32-bit integer, because the engine keeps larger ones on the heap.
 */
export function hashOf(words: Uint32Array, at: number): number {
  let hash = 0;
  for (let word = 0; word < IDENTITY_WORDS; word += 1) {
    hash = Math.imul(hash ^ (words[at + word] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** Returns whether the identities at `one[atOne]` and `other[atOther]` are equal. */
export function isSameIdentity(
  one: Uint32Array,
  atOne: number,
  other: Uint32Array,
  atOther: number,
): boolean {
  for (let word = 0; word < IDENTITY_WORDS; word += 1) {
    if (one[atOne + word] !== other[atOther + word]) return false;
  }
  return true;
}
