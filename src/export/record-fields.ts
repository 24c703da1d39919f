const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);
const COMMA = 0x2c;

/**
 * Reads string fields of a record's outermost object without parsing the record: in the platform's order the
 * scalars come first, so it seldom looks further than their first few hundred bytes.
 * @param names of the fields that are wanted, without characters that JSON escapes
 * @returns the text of each as it stands between its quotes, in the order of `names`; null where absent or no string
 */
export function readStringFields(
  bytes: Uint8Array,
  start: number,
  end: number,
  names: readonly Buffer[],
): (string | null)[] {
  const found: (string | null)[] = names.map(() => null);
  let missing = names.length;
  let depth = 0;
  /** Index in `names` of the last string that stood where a key stands. */
  let named = -1;
  let isKey = false;
  for (let index = start; index < end && missing > 0; index += 1) {
    const byte = bytes[index] as number;
    if (byte === QUOTE) {
      const from = index + 1;
      index = endOfString(bytes, from, end);
      if (depth !== 1) continue;
      if (isKey) {
        named = names.findIndex((name) => isSame(bytes, from, index, name));
        isKey = false;
      } else if (named >= 0 && found[named] === null) {
        found[named] = Buffer.from(bytes.buffer, bytes.byteOffset + from, index - from).toString("utf8");
        missing -= 1;
      }
    } else if (OPEN.has(byte)) {
      depth += 1;
      isKey = depth === 1;
    } else if (CLOSE.has(byte)) {
      depth -= 1;
    } else if (byte === COMMA && depth === 1) {
      isKey = true;
      named = -1;
    }
  }
  return found;
}

/** Index of the quote that ends a string whose content begins at `from`. */
function endOfString(bytes: Uint8Array, from: number, end: number): number {
  let index = from;
  while (index < end && bytes[index] !== QUOTE) index += bytes[index] === BACKSLASH ? 2 : 1;
  return index;
}

function isSame(bytes: Uint8Array, from: number, to: number, name: Buffer): boolean {
  if (to - from !== name.length) return false;
  for (let offset = 0; offset < name.length; offset += 1) {
    if (bytes[from + offset] !== name[offset]) return false;
  }
  return true;
}
