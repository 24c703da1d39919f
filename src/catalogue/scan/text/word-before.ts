/** Matches a character that ends a word unless it is part of a placeholder. */
const DELIMITER = /[\s"'`(=|,<>{}]/;

/**
 * Returns the word at the end of `text`, with its placeholders: `{a}`, `{{a}}`, `<a>`, which may contain
 * spaces. Reads backwards, because a pattern would try to match at every position.
 */
export function wordBefore(text: string): string {
  let start = text.length;
  while (start > 0) {
    const before = startBefore(text, start);
    if (before === null) break;
    start = before;
  }
  return text.slice(start);
}

/** Returns the start of the character or placeholder that ends at `end`; null when no word continues there. */
function startBefore(text: string, end: number): number | null {
  const character = text[end - 1] ?? "";
  if (character === "}") return startOfBraces(text, end);
  if (character === ">") return openerBefore(text, "<", end - 1, /[<>\n]/);
  return DELIMITER.test(character) ? null : end - 1;
}

function startOfBraces(text: string, end: number): number | null {
  const isDouble = text[end - 2] === "}";
  const open = openerBefore(text, "{", isDouble ? end - 2 : end - 1, /[{}\n]/);
  return open !== null && text[open - 1] === "{" ? open - 1 : open;
}

/** Returns the position of `opener` before `end`; null when another of the `signs` is nearer. */
function openerBefore(text: string, opener: string, end: number, signs: RegExp): number | null {
  for (let at = end - 1; at >= 0; at -= 1) {
    const character = text[at] ?? "";
    if (signs.test(character)) return character === opener ? at : null;
  }
  return null;
}
