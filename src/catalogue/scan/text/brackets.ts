/** A pair of brackets that encloses a position. */
export interface Enclosure {
  readonly open: "(" | "[" | "{";
  readonly start: number;
  /** Offset of the closing bracket. */
  readonly end: number;
}

/** Distance within which to search for a bracket; a more distant one is irrelevant. */
const REACH = 4000;
const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const CODES = { "(": 40, ")": 41, ";": 59, "[": 91, "]": 93, "{": 123, "}": 125 } as const;
const NONE = -1;

/** Pairs the brackets of the code. One pass finds all pairs, so that no path needs its own search. */
export class Brackets {
  readonly #code: string;
  /** Offsets of brackets and semicolons, in order. The other lists are parallel to this one. */
  readonly #offsets: Int32Array;
  /** Innermost bracket that is open after each of these offsets, in the same statement. */
  readonly #around: Int32Array;
  /** Innermost brace that is open after each of these offsets, regardless of statements and other brackets. */
  readonly #block: Int32Array;
  /** Offset where each opening bracket closes, counting only brackets of the same kind. */
  readonly #closers: Int32Array;

  constructor(code: string) {
    const count = countOf(code);
    this.#code = code;
    this.#offsets = new Int32Array(count);
    this.#around = new Int32Array(count);
    this.#block = new Int32Array(count);
    this.#closers = new Int32Array(count);
    this.#pair();
  }

  /** Returns the innermost bracket around `offset` in the same statement; null if nothing is near. */
  enclosureOf(offset: number): Enclosure | null {
    const start = this.#around[this.#lastBefore(offset)] ?? NONE;
    if (start === NONE || start < offset - REACH) return null;
    const open = this.#code[start] as Enclosure["open"];
    const end = this.closerOf(start);
    // A bracket that is not closed nearby was misread, or encloses too much to be relevant.
    return this.#code[end] === CLOSERS[open] ? { open, start, end } : null;
  }

  /** Returns the offset of the innermost brace that is open at `offset`; null if absent. */
  blockAt(offset: number): number | null {
    const start = this.#block[this.#lastBefore(offset)] ?? NONE;
    return start === NONE ? null : start;
  }

  /** Returns the offset where the bracket that opens at `start` closes, or the end of the search range. */
  closerOf(start: number): number {
    const limit = Math.min(this.#code.length, start + REACH);
    const at = this.#lastBefore(start + 1);
    const closer = this.#offsets[at] === start ? (this.#closers[at] ?? NONE) : NONE;
    return closer === NONE || closer > limit ? limit : closer;
  }

  #pair(): void {
    const code = this.#code;
    const open = new Int32Array(this.#offsets.length);
    let depth = 0;
    const last = { parenthesis: NONE, bracket: NONE, brace: NONE };
    let count = 0;
    for (let at = 0; at < code.length; at += 1) {
      const sign = code.charCodeAt(at);
      if (!isEvent(sign)) continue;
      this.#offsets[count] = at;
      this.#closers[count] = NONE;
      const kind = kindOf(sign);
      if (kind === null) {
        // A bracket before a semicolon does not enclose the text after it, unless its closing bracket comes later.
        if (depth > 0 && open[depth - 1] !== NONE) open[depth++] = NONE;
      } else if (sign === CODES["("] || sign === CODES["["] || sign === CODES["{"]) {
        open[depth++] = at;
        // While a bracket is open, its entry points to the enclosing bracket of the same kind.
        this.#closers[count] = last[kind];
        last[kind] = count;
      } else {
        while (depth > 0 && open[depth - 1] === NONE) depth -= 1;
        if (depth > 0) depth -= 1;
        const opener = last[kind];
        if (opener !== NONE) {
          last[kind] = this.#closers[opener] ?? NONE;
          this.#closers[opener] = at;
        }
      }
      this.#around[count] = depth === 0 ? NONE : (open[depth - 1] ?? NONE);
      this.#block[count] = last.brace === NONE ? NONE : (this.#offsets[last.brace] ?? NONE);
      count += 1;
    }
    for (const kind of ["parenthesis", "bracket", "brace"] as const) this.#leaveOpen(last[kind]);
  }

  /** Marks the unclosed brackets of one kind. */
  #leaveOpen(last: number): void {
    for (let opener = last; opener !== NONE; ) {
      const around = this.#closers[opener] ?? NONE;
      this.#closers[opener] = NONE;
      opener = around;
    }
  }

  /** Returns the index of the last bracket or semicolon before an offset; -1 without one. */
  #lastBefore(offset: number): number {
    const offsets = this.#offsets;
    let low = 0;
    let high = offsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function countOf(code: string): number {
  let count = 0;
  for (let at = 0; at < code.length; at += 1) if (isEvent(code.charCodeAt(at))) count += 1;
  return count;
}

/**
 * Returns whether a character is a bracket or a semicolon. Takes the character code, because every character is read,
 * and comparing codes is faster than comparing strings.
 */
function isEvent(sign: number): boolean {
  switch (sign) {
    case CODES["("]:
    case CODES[")"]:
    case CODES["["]:
    case CODES["]"]:
    case CODES["{"]:
    case CODES["}"]:
    case CODES[";"]:
      return true;
    default:
      return false;
  }
}

function kindOf(sign: number): "parenthesis" | "bracket" | "brace" | null {
  switch (sign) {
    case CODES["("]:
    case CODES[")"]:
      return "parenthesis";
    case CODES["["]:
    case CODES["]"]:
      return "bracket";
    case CODES["{"]:
    case CODES["}"]:
      return "brace";
    default:
      return null;
  }
}
