const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Where in the nesting of JSON the bytes so far have ended; carried from chunk to chunk. */
export interface Nesting {
  depth: number;
  isInString: boolean;
  /** Whether the next byte follows a backslash. */
  isEscaped: boolean;
}

/** The depth of a page's array of records. */
export const RECORDS_DEPTH = 2;

/**
 * Finds where records end, from within one on. Records with nothing but a comma between them are taken in one go: nearly
 * all of an export's own time is spent here, and a call for each record costs half of the speed again. For the same
 * reason what changes with each byte is kept in variables of the function.
 * @param ends takes the index behind each record
 * @returns how many records ended; when `nesting` is then deeper than the array, the chunk ends within another one
 */
export function findRecordEnds(chunk: Uint8Array, from: number, nesting: Nesting, ends: Int32Array): number {
  const { length } = chunk;
  const words = new DataView(chunk.buffer, chunk.byteOffset, length);
  const lastWord = length - 4;
  let index = nesting.isEscaped ? from + 1 : from;
  let { depth, isInString } = nesting;
  let count = 0;
  nesting.isEscaped = false;
  while (index < length) {
    if (isInString) {
      // Most bytes are text: four at a time as long as none of them is a quote or a backslash.
      while (index <= lastWord && !hasQuoteOrBackslash(words.getInt32(index, true))) index += 4;
      while (index < length) {
        const byte = chunk[index];
        if (byte === QUOTE) break;
        index += byte === BACKSLASH ? 2 : 1;
      }
      if (index >= length) {
        nesting.isEscaped = index > length;
        break;
      }
      isInString = false;
      index += 1;
      continue;
    }
    const byte = chunk[index] as number;
    index += 1;
    if (byte === QUOTE) {
      isInString = true;
      continue;
    }
    // Brackets and braces differ in one bit.
    const bracket = byte | 0x20;
    if (bracket === OPEN_BRACE) {
      depth += 1;
    } else if (bracket === CLOSE_BRACE) {
      depth -= 1;
      if (depth === RECORDS_DEPTH) {
        ends[count] = index;
        count += 1;
        const isFollowed = chunk[index] === COMMA && chunk[index + 1] === OPEN_BRACE;
        if (!isFollowed || count === ends.length) break;
        index += 1;
      }
    }
  }
  nesting.depth = depth;
  nesting.isInString = isInString;
  return count;
}

/** Whether one of the four bytes is: a byte that is becomes zero, and borrows from its highest bit. */
function hasQuoteOrBackslash(word: number): boolean {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  const zeros = ((quotes - 0x01010101) & ~quotes) | ((backslashes - 0x01010101) & ~backslashes);
  return (zeros & 0x80808080) !== 0;
}
