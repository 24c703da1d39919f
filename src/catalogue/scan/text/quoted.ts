/** Syntax of a quoted string. */
export interface Quoting {
  readonly isMultiline: boolean;
  readonly hasEscapes: boolean;
  /** Opening of an embedded expression, which has its own quotes. */
  readonly hole: string | null;
}

/** Maximum length of an expression within a string; a longer one means that the text was misread. */
const LONGEST_HOLE = 2000;
/** Maximum nesting of strings within expressions within strings. */
const DEEPEST = 4;
/**
 * Maximum number of unclosed apostrophes in an expression, which a comment may contain; with more, the text was
 * misread.
 */
const MOST_UNCLOSED = 2;
const CLOSER: Readonly<Record<string, string>> = { "(": ")", "{": "}" };

/**
 * Returns the end (exclusive) of the string whose opening quote is at `start`; null when it is not closed.
 */
export function endOfQuoted(text: string, start: number, quoting: Quoting, depth = 0): number | null {
  const quote = text[start];
  const limit = depth === 0 ? text.length : Math.min(text.length, start + LONGEST_HOLE);
  for (let at = start + 1; at < limit; at += 1) {
    const character = text[at];
    if (character === quote) return at + 1;
    if (character === "\n" && !quoting.isMultiline) return null;
    if (quoting.hole !== null && text.startsWith(quoting.hole, at)) {
      if (quoting.hole === "{" && text[at + 1] === "{") {
        at += 1;
      } else {
        const end = endOfHole(text, at + quoting.hole.length - 1, depth + 1);
        // A nested expression is not read again as plain text, because each enclosing expression would repeat that.
        if (end === null && depth > 0) return null;
        at = (end ?? at + 1) - 1;
      }
    } else if (character === "\\" && quoting.hasEscapes) {
      at += 1;
    }
  }
  return null;
}

/**
 * Returns the end (exclusive) of the expression whose opening bracket is at `start`; null when it is not
 * closed.
 */
export function endOfHole(text: string, start: number, nesting = 0): number | null {
  if (nesting > DEEPEST) return null;
  const open = text[start] ?? "";
  const close = CLOSER[open] ?? "}";
  let depth = 0;
  let unclosed = 0;
  const limit = Math.min(text.length, start + LONGEST_HOLE);
  for (let at = start; at < limit; at += 1) {
    const character = text[at];
    if (character === open) {
      depth += 1;
    } else if (character === close) {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (character === '"' || character === "'" || character === "`") {
      const quoting = { isMultiline: false, hasEscapes: true, hole: "${" };
      const end = endOfQuoted(text, at, quoting, nesting);
      if (end !== null && end <= limit) {
        at = end - 1;
      } else {
        unclosed += 1;
        if (unclosed > MOST_UNCLOSED) return null;
      }
    }
  }
  return null;
}
