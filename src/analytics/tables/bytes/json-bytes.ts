/** Bit flags that describe the bytes of a string. */
export const TEXT = { separators: 1, beyondAscii: 2, escapes: 4 } as const;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const TAB = 0x09;
const SPACE = 0x20;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const LOWER_E = 0x65;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const COMMA = 0x2c;
const COLON = 0x3a;
/** Class of the bytes that end the fast loop over a string. */
const STOP = 8;
/**
 * Class of each byte in a string. A line feed is a control character, so a search never passes the end of the
 * line.
 */
const CLASSES = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < SPACE || byte === QUOTE || byte === BACKSLASH) return STOP;
  if (byte >= 0x80) return TEXT.beyondAscii;
  return byte === COMMA || byte === 0x3b ? TEXT.separators : 0;
});
/** Maximum number of digits for which a JavaScript number is always exact. */
const MOST_DIGITS = 15;
const DEEPEST = 64;

/**
 * Reads JSON text without parsing all of it. Each method takes the index of a token's first byte and returns the
 * index after its last byte, or -1 for text that needs `parseRecord`. That is all invalid JSON, and JSON in a
 * rare form.
 */
export class JsonBytes {
  /** Bits of `TEXT` of the last string. */
  bits = 0;
  /** Value of the last number, and whether it has neither a fraction nor an exponent. */
  number = 0;
  isInteger = false;

  /** Skips white space. Line ends do not occur within a record: see `breakLines`. */
  skipSpace(bytes: Buffer, from: number): number {
    let at = from;
    for (let byte = bytes[at]; byte === SPACE || byte === TAB; byte = bytes[at]) at += 1;
    return at;
  }

  /** Reads a string from the byte after its first quote. Returns the index of its last quote. */
  string(bytes: Buffer, from: number): number {
    let bits = 0;
    for (let at = from; ; at += 1) {
      const byte = bytes[at] as number;
      const kind = CLASSES[byte] as number;
      if (kind !== STOP) {
        bits |= kind;
      } else if (byte === QUOTE) {
        this.bits = bits;
        return at;
      } else if (byte === BACKSLASH) {
        bits |= TEXT.escapes;
        at += 1;
        if ((bytes[at] as number) < SPACE) return -1;
      } else {
        return -1;
      }
    }
  }

  /**
   * Reads a number that has at most 15 digits before the point and no exponent. Other numbers need `parseRecord`,
   * which preserves numbers that a double cannot represent.
   */
  numeral(bytes: Buffer, from: number): number {
    const isNegative = bytes[from] === MINUS;
    const first = isNegative ? from + 1 : from;
    let at = first;
    let value = 0;
    for (let byte = bytes[at] as number; byte >= ZERO && byte <= NINE; byte = bytes[at] as number) {
      value = value * 10 + byte - ZERO;
      at += 1;
    }
    const digits = at - first;
    if (digits === 0 || digits > MOST_DIGITS || (digits > 1 && bytes[first] === ZERO)) return -1;
    this.isInteger = bytes[at] !== POINT;
    if (!this.isInteger) {
      const fraction = at + 1;
      at = fraction;
      while ((bytes[at] as number) >= ZERO && (bytes[at] as number) <= NINE) at += 1;
      if (at === fraction) return -1;
      this.number = Number(bytes.toString("latin1", from, at));
    } else {
      // `parseRecord` turns -0 into a number whose text is `0`.
      if (isNegative && value === 0) return -1;
      this.number = isNegative ? -value : value;
    }
    return ((bytes[at] as number) | 0x20) === LOWER_E ? -1 : at;
  }

  /** Reads `true`, `false` or `null`. */
  literal(bytes: Buffer, from: number): number {
    if (bytes[from] === 0x74) return this.#word(bytes, from, 0x72, 0x75, 0x65);
    if (bytes[from] === 0x6e) return this.#word(bytes, from, 0x75, 0x6c, 0x6c);
    if (bytes[from] !== 0x66 || bytes[from + 1] !== 0x61) return -1;
    return this.#word(bytes, from + 1, 0x6c, 0x73, 0x65);
  }

  /** Reads an integer of more than 15 digits. */
  longInteger(bytes: Buffer, from: number): number {
    const first = bytes[from] === MINUS ? from + 1 : from;
    let at = first;
    while (isDigit(bytes[at])) at += 1;
    const isOther = bytes[at] === POINT || ((bytes[at] as number) | 0x20) === LOWER_E;
    return at - first <= MOST_DIGITS || bytes[first] === ZERO || isOther ? -1 : at;
  }

  /** Reads a list of plain text or of integers that `JSON.stringify` would leave unchanged. */
  plainList(bytes: Buffer, from: number, isText: boolean): number {
    if (bytes[from] !== OPEN_BRACKET) return -1;
    if (bytes[from + 1] === CLOSE_BRACKET) return from + 2;
    for (let at = from + 1; ; at += 1) {
      if (isText) {
        const quote = bytes[at] === QUOTE ? this.string(bytes, at + 1) : -1;
        if (quote < 0 || this.bits !== 0 || !isAlphanumeric(bytes[at + 1])) return -1;
        at = quote + 1;
      } else {
        at = this.numeral(bytes, at);
        if (at < 0 || !this.isInteger) return -1;
      }
      if (bytes[at] === CLOSE_BRACKET) return at + 1;
      if (bytes[at] !== COMMA) return -1;
    }
  }

  /** Finds the end of any value. The contents of its strings are not checked. */
  value(bytes: Buffer, from: number, depth = 0): number {
    const byte = bytes[from] as number;
    if (byte === QUOTE) {
      const quote = this.string(bytes, from + 1);
      return quote < 0 ? -1 : quote + 1;
    }
    if (byte === MINUS || (byte >= ZERO && byte <= NINE)) return this.numeral(bytes, from);
    if (byte !== OPEN_BRACE && byte !== OPEN_BRACKET) return this.literal(bytes, from);
    return depth === DEEPEST ? -1 : this.#container(bytes, from, depth);
  }

  #container(bytes: Buffer, from: number, depth: number): number {
    const isObject = bytes[from] === OPEN_BRACE;
    const close = isObject ? CLOSE_BRACE : CLOSE_BRACKET;
    let at = this.skipSpace(bytes, from + 1);
    if (bytes[at] === close) return at + 1;
    for (;;) {
      if (isObject) {
        at = this.key(bytes, at);
        if (at < 0) return -1;
      }
      at = this.value(bytes, at, depth + 1);
      if (at < 0) return -1;
      at = this.skipSpace(bytes, at);
      if (bytes[at] === close) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = this.skipSpace(bytes, at + 1);
    }
  }

  /** Reads a name and its colon. Returns the index of the value. */
  key(bytes: Buffer, from: number): number {
    if (bytes[from] !== QUOTE) return -1;
    const quote = this.string(bytes, from + 1);
    return quote < 0 ? -1 : this.colon(bytes, quote + 1);
  }

  /** Reads a colon. Returns the index of the value. */
  colon(bytes: Buffer, from: number): number {
    const at = this.skipSpace(bytes, from);
    return bytes[at] === COLON ? this.skipSpace(bytes, at + 1) : -1;
  }

  #word(bytes: Buffer, from: number, second: number, third: number, fourth: number): number {
    const isWord = bytes[from + 1] === second && bytes[from + 2] === third && bytes[from + 3] === fourth;
    return isWord ? from + 4 : -1;
  }
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

/** Returns whether a byte is an ASCII digit or letter. */
export function isAlphanumeric(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const folded = byte | 0x20;
  return isDigit(byte) || (folded >= 0x61 && folded <= 0x7a);
}
