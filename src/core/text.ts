const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern is meant to match control characters
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * Returns text that is safe to print on a terminal: without escape sequences, direction overrides, invisible
 * characters and anything that moves the cursor. Keeps tabs and line feeds, which `lineOf` and `oneLine`
 * replace.
 */
export function printable(text: string): string {
  return text.replace(CONTROL, "\u{FFFD}");
}

/** Returns printable text on a single line. */
export function lineOf(text: string): string {
  return printable(text.replace(/[\t\r\n]+/g, " "));
}

/** Returns printable text on a single line of at most `limit` characters, trimmed. */
export function oneLine(text: string, limit = 500): string {
  const line = lineOf(text).trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}

/** Formats a number with its noun: `1 call`, `12,345 calls`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : nouns}`;
}

/** Formats a number as `12,345`. Does so without the engine's locales, which are slow to load. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** Matches a time in RFC 3339 that has a fraction of a second. */
const FRACTION = /(T\d\d:\d\d:\d\d)\.\d{1,9}(?=Z|[+-]\d\d)/g;

/** Removes fractions of seconds from RFC 3339 times, to make them easier to read. */
export function withoutFractions(text: string): string {
  return text.replace(FRACTION, "$1");
}

/** Removes trailing slashes. Uses no regular expression, because it might need a stack entry for each slash. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "/") end -= 1;
  return text.slice(0, end);
}

/**
 * Wraps text at spaces, or a list at `separator`, which stays at the end of its line. Does not break a command that
 * fits on one line. A word that is longer than a line gets a line to itself.
 * @param width number of columns
 */
export function wrapWords(text: string, width: number, separator = " "): readonly string[] {
  const lines: string[] = [];
  const words =
    separator === " "
      ? piecesOf(text).flatMap((piece) => (piece.length > width ? piece.split(" ") : [piece]))
      : text.split(separator);
  const glue = separator.trimEnd();
  for (const [index, word] of words.entries()) {
    const piece = index < words.length - 1 ? `${word}${glue}` : word;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + piece.length <= width) {
      lines[lines.length - 1] = `${last} ${piece}`;
    } else {
      lines.push(piece);
    }
  }
  return lines;
}

/**
 * Patterns for a command in backticks, and for a command to paste at the start of a line or the end of a
 * sentence.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colors may stand before a command
const WHOLE = [/`[^`]+`/g, /(?:^ *(?:\u001b\[\d+m)*|: )genscope .+$/g];
/** Placeholder for a space at which a line must not be broken. */
const HELD = "\u0000";

/** Splits a line at spaces, except inside a command, which can then be copied from one line. */
export function piecesOf(line: string): readonly string[] {
  const held = WHOLE.reduce((text, whole) => text.replace(whole, hold), line);
  return held.split(" ").map((piece) => piece.replaceAll(HELD, " "));
}

function hold(command: string): string {
  const start = command.startsWith(": ") ? ": " : (/^ */.exec(command)?.[0] ?? "");
  return start + command.slice(start.length).replaceAll(" ", HELD);
}

/** Matches an unpaired surrogate, for which `encodeURIComponent` throws. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Percent-encodes text as one segment of a path. Replaces unpaired surrogates, which JSON escapes can produce,
 * with U+FFFD.
 */
export function pathSegment(text: string): string {
  return encodeURIComponent(text.replace(LONE_SURROGATE, "\u{FFFD}"));
}
