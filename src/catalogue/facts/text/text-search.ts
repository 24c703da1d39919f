/** Bits of the hash: it covers the last four characters, because each step shifts out the one before them. */
const HASH_BITS = 20;
const SHIFT = 6;
const HASHED_CHARACTERS = 4;

/**
 * Creates a case-sensitive search of one text. Most parts that the text does not contain are rejected by their sequences
 * of four characters, so that thousands of unknown words do not each read the whole text.
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

/** Returns false when the text cannot contain the part, and true when only a search of the text can decide. */
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
