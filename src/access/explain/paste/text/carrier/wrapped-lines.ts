import { PLATFORM_SENTENCES } from "../broken-words.ts";

/** Widths of terminals. A shorter line does not fill one, and a longer one does not come from a terminal. */
const NARROWEST = 60;
const WIDEST = 320;
/** Matches a URL or a path of the API that the end of a line may have cut off. */
const OPEN_URL = /(?:https?:\/\/|\/api\/)[^\s"'<>]{0,400}$/;
/** Matches text that can continue a URL; a line that begins with a time, a level or a label begins a new message. */
const REST_OF_URL = /^(?!\d{4}-\d\d-\d\d|\d\d:\d\d|[A-Z]{4,8}\b|[A-Z][\w -]{1,30}:(?:\s|$))[\w/?&=%.-]/;
/** Matches the first words of a platform message, which a search for whole messages requires. */
const FIRST_WORDS = /\b(?:Unable|You|App|Requests|Your|This|No|Invalid|Rate) /;
/** Matches the code of a JSON error body that the end of a line cut off, and the rest of it on the next line. */
const OPEN_CODE = /"code\\?":\\?"[a-z.]{0,60}$/;
const REST_OF_CODE = /^[a-z.]{1,60}\\?",/;
/** Matches the correlation id behind a message of the Go SDK, and the rest of it on the next line. */
const OPEN_ID = /\([0-9a-f]{8}-[0-9a-f-]{0,27}$/;
const REST_OF_ID = /^[0-9a-f-]{0,27}\)/;
const OPEN_JSON = /\{"/;
/** Maximum number of lines of one JSON value, and of values that are followed to their end. */
const MOST_LINES = 400;
const MOST_VALUES = 100;
/** The longest part of a message on either side of a line break. */
const LONGEST_PART = 120;

/**
 * Joins lines that a terminal broke at its width, within words and without a space. A full line alone shows nothing,
 * because the lines of a table also have equal lengths. A URL, a platform message or a JSON value that continues on
 * the next line shows that the terminal broke them.
 */
export function joinWrappedLines(text: string): string {
  const lines = text.split("\n");
  const width = lines.reduce((longest, { length }) => Math.max(longest, length), 0);
  if (width < NARROWEST || width > WIDEST || !isWrapped(lines, width)) return text;
  return lines
    .map((line) => (line.length === width ? line : `${line}\n`))
    .join("")
    .replace(/\n$/, "");
}

function isWrapped(lines: readonly string[], width: number): boolean {
  let fullLines = 0;
  let brokenUrls = 0;
  let values = 0;
  for (let index = 0; index < lines.length - 1; index += 1) {
    const line = lines[index] ?? "";
    const next = lines[index + 1] ?? "";
    if (line.length !== width) continue;
    fullLines += 1;
    if (OPEN_URL.test(line) && REST_OF_URL.test(next)) brokenUrls += 1;
    if (fullLines > 1 && brokenUrls > 0) return true;
    if (OPEN_CODE.test(line) && REST_OF_CODE.test(next)) return true;
    if (OPEN_ID.test(line) && REST_OF_ID.test(next)) return true;
    if (isMessageAcross(line, next)) return true;
    if (!OPEN_JSON.test(line) || values >= MOST_VALUES) continue;
    values += 1;
    if (endOfJson(lines, index, width) > index + 1) return true;
  }
  return false;
}

/** Whether the two lines, joined without a space, contain a platform message across their line break. */
function isMessageAcross(line: string, next: string): boolean {
  const start = line.slice(-LONGEST_PART);
  if (!FIRST_WORDS.test(start)) return false;
  const joined = start + next.slice(0, LONGEST_PART);
  return PLATFORM_SENTENCES.some((sentence) => {
    const at = joined.indexOf(sentence);
    return at !== -1 && at < start.length && at + sentence.length > start.length;
  });
}

/**
 * Returns the index of the line that ends the JSON value begun on the full line at `start`, if only full lines
 * precede it. Returns `start` if none does.
 */
function endOfJson(lines: readonly string[], start: number, width: number): number {
  const first = lines[start] ?? "";
  if (!hasOddQuotes(first.slice(first.search(OPEN_JSON)))) return start;
  let isOpen = true;
  for (let end = start + 1; end < lines.length && end <= start + MOST_LINES; end += 1) {
    const line = lines[end] ?? "";
    if (hasOddQuotes(line)) isOpen = !isOpen;
    if (line.length !== width) return !isOpen && line.includes("}") ? end : start;
  }
  return start;
}

/** Whether a line has an odd number of quotation marks that no backslash escapes. */
export function hasOddQuotes(line: string): boolean {
  let isOdd = false;
  for (let index = 0; index < line.length; index += 1) {
    const character = line.charCodeAt(index);
    if (character === 0x5c) index += 1;
    else if (character === 0x22) isOdd = !isOdd;
  }
  return isOdd;
}
