/** Number of bits of the hash. Each step shifts it by `SHIFT` bits, so that only the last four characters affect it. */
const HASH_BITS = 20;
const SHIFT = 6;
const HASHED_CHARACTERS = 4;

/**
 * Creates a case-sensitive search in one string. A filter of four-character sequences rejects most parts that the
 * string does not contain, so that a search for thousands of unknown words does not read the whole string each time.
 */
export function createTextSearch(text: string): (part: string) => boolean {
  let sequences: Uint8Array | null = null;
  return (part) => {
    sequences ??= recordSequences(text);
    return hasSequences(part, sequences) && text.includes(part);
  };
}

function recordSequences(text: string): Uint8Array {
  const sequences = new Uint8Array(1 << HASH_BITS);
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) {
    hash = nextHash(hash, text.charCodeAt(index));
    sequences[hash] = 1;
  }
  return sequences;
}

/** Returns false when the text cannot contain the part, and true when only a full search can decide. */
function hasSequences(part: string, sequences: Uint8Array): boolean {
  let hash = 0;
  for (let index = 0; index < part.length; index += 1) {
    hash = nextHash(hash, part.charCodeAt(index));
    if (index >= HASHED_CHARACTERS - 1 && sequences[hash] === 0) return false;
  }
  return true;
}

function nextHash(hash: number, code: number): number {
  return ((hash << SHIFT) ^ code) & ((1 << HASH_BITS) - 1);
}
