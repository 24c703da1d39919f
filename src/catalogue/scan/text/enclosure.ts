/** A pair of brackets that encloses a place. */
export interface Enclosure {
  readonly open: "(" | "[" | "{";
  readonly start: number;
  /** Offset of the closing bracket. */
  readonly end: number;
}

/** Distance within which a bracket is searched for; a more distant one says nothing about a place. */
const REACH = 4000;
const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
/** Codes of the characters that matter. Comparing them is faster than comparing texts, and a scan spends a sixth of its time here. */
const CODES = { "(": 40, ")": 41, ";": 59, "[": 91, "]": 93, "{": 123, "}": 125 } as const;

/** Returns the innermost bracket around `offset` in the same statement of `code`; null without one nearby. */
export function enclosureIn(code: string, offset: number): Enclosure | null {
  const limit = Math.max(0, offset - REACH);
  let depth = 0;
  for (let at = offset - 1; at >= limit; at -= 1) {
    switch (code.charCodeAt(at)) {
      case CODES[")"]:
      case CODES["]"]:
      case CODES["}"]:
        depth += 1;
        break;
      case CODES[";"]:
        if (depth === 0) return null;
        break;
      case CODES["("]:
      case CODES["["]:
      case CODES["{"]:
        if (depth === 0) return enclosureFrom(code, at);
        depth -= 1;
    }
  }
  return null;
}

function enclosureFrom(code: string, start: number): Enclosure | null {
  const open = code[start] as Enclosure["open"];
  const end = closerIn(code, start);
  // A bracket that is not closed nearby was misread, or encloses too much to say anything.
  return code[end] === CLOSERS[open] ? { open, start, end } : null;
}

/** Returns the offset at which the bracket that opens at `start` closes, or the end of the search range. */
export function closerIn(code: string, start: number): number {
  const open = code.charCodeAt(start);
  const close = (CLOSERS[code[start] ?? ""] ?? ")").charCodeAt(0);
  const limit = Math.min(code.length, start + REACH);
  let depth = 0;
  for (let at = start; at < limit; at += 1) {
    const sign = code.charCodeAt(at);
    if (sign === open) {
      depth += 1;
    } else if (sign === close) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return limit;
}
