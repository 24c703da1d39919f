const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Finds string fields of a record's outermost object, and keeps the positions of their text. */
export class StringFields {
  readonly #names: readonly Buffer[];
  readonly #from: Int32Array;
  readonly #to: Int32Array;

  /**
   * Prepares a search for fields with these names.
   * @param names names without characters that JSON escapes
   */
  constructor(names: readonly string[]) {
    this.#names = names.map((name) => Buffer.from(name));
    this.#from = new Int32Array(names.length);
    this.#to = new Int32Array(names.length);
  }

  /** Returns whether the record has this field and its value is a string. */
  has(index: number): boolean {
    return (this.#from[index] as number) >= 0;
  }

  /** Returns the index of the first byte in the field's text. */
  from(index: number): number {
    return this.#from[index] as number;
  }

  /** Returns the index of the closing quote. */
  to(index: number): number {
    return this.#to[index] as number;
  }

  /**
   * Finds the fields of a record without parsing it. The platform writes scalars first, so the search usually
   * ends within a few hundred bytes. If a field is repeated, the first one is used.
   */
  find(bytes: Uint8Array, start: number, end: number): void {
    this.#from.fill(-1);
    let missing = this.#names.length;
    if (missing === 0) return;
    let depth = 0;
    /** Index in `names` of the latest key. */
    let named = -1;
    let isKey = false;
    for (let index = start; index < end; index += 1) {
      const byte = bytes[index] as number;
      if (byte === QUOTE) {
        const from = index + 1;
        index = endOfString(bytes, from, end);
        if (depth !== 1) continue;
        if (isKey) {
          named = this.#find(bytes, from, index);
          isKey = false;
        } else if (named >= 0 && !this.has(named)) {
          this.#from[named] = from;
          this.#to[named] = index;
          missing -= 1;
          if (missing === 0) return;
        }
        continue;
      }
      // In ASCII, `[` and `{` differ only in this bit, as do `]` and `}`.
      const bracket = byte | 0x20;
      if (bracket === OPEN_BRACE) {
        depth += 1;
        isKey = depth === 1;
      } else if (bracket === CLOSE_BRACE) {
        depth -= 1;
      } else if (byte === COMMA && depth === 1) {
        isKey = true;
        named = -1;
      }
    }
  }

  /** Returns whether a field that `find` found occurs again later in the record. */
  repeats(bytes: Uint8Array, start: number, end: number): boolean {
    const copy = Uint8Array.from(bytes.subarray(start, end));
    for (const from of this.#from) {
      // Changes the last byte of the key, so that the search skips this field. The key ends at the last quote that
      // precedes the value's opening quote.
      if (from >= 0) copy[copy.lastIndexOf(QUOTE, from - start - 2) - 1] = 0;
    }
    const later = new StringFields(this.#names.map(String));
    later.find(copy, 0, copy.length);
    return this.#names.some((_name, index) => later.has(index));
  }

  /** Returns the index in `names` of the key at this position, or -1. */
  #find(bytes: Uint8Array, from: number, to: number): number {
    for (let index = 0; index < this.#names.length; index += 1) {
      if (isSame(bytes, from, to, this.#names[index] as Buffer)) return index;
    }
    return -1;
  }
}

/** Returns the index of the quote that closes a string whose content begins at `from`. */
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
