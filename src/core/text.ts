const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * Returns text that is safe on a terminal: without escape sequences, direction overrides, invisible characters and
 * anything that moves the cursor. Tabs and line feeds stay; `lineOf` and `oneLine` replace them too.
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

/** Formats a count with its noun: `1 call`, `2 calls`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}

/** Formats a number as `12,345` without loading the engine's locales. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** The fraction of a second in an RFC 3339 time. */
const FRACTION = /(T\d\d:\d\d:\d\d)\.\d{1,9}(?=Z|[+-]\d\d)/g;

/** Truncates the RFC 3339 times in text to whole seconds, to make them easier to read. */
export function withoutFractions(text: string): string {
  return text.replace(FRACTION, "$1");
}

/** Removes trailing slashes without a regular expression, which may need a stack entry for each slash. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "/") end -= 1;
  return text.slice(0, end);
}

/**
 * Wraps text at spaces, but not inside a command that fits on one line; wraps a list at `separator`. A longer
 * word gets a separate line.
 * @param width columns of a line
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

/** A command in backticks, and one to paste at the start of a line or at the end of a sentence. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colors may stand before a command
const WHOLE = [/`[^`]+`/g, /(?:^ *(?:\u001b\[\d+m)*|: )genscope .+$/g];
/** Placeholder for a space where a line must not break. */
const HELD = "\u0000";

/**
 * Splits a line at its spaces, except for those inside a command, so that a command can be copied as one
 * line.
 */
export function piecesOf(line: string): readonly string[] {
  const held = WHOLE.reduce((text, whole) => text.replace(whole, hold), line);
  return held.split(" ").map((piece) => piece.replaceAll(HELD, " "));
}

function hold(command: string): string {
  const start = command.startsWith(": ") ? ": " : (/^ */.exec(command)?.[0] ?? "");
  return start + command.slice(start.length).replaceAll(" ", HELD);
}

/** Matches half of a character; `encodeURIComponent` throws for it. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Returns text as one percent-encoded segment of a path. Half characters, which an escape in JSON can contain,
 * become U+FFFD.
 */
export function pathSegment(text: string): string {
  return encodeURIComponent(text.replace(LONE_SURROGATE, "\u{FFFD}"));
}
