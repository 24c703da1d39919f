const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Text of the service or of a file as it may be shown on a terminal: no escape sequences, no direction
 * overrides, nothing that moves the cursor. Tabs and line feeds stay; use `oneLine` where they must not.
 */
export function printable(text: string): string {
  return text.replace(CONTROL, "\u{FFFD}");
}

/** The same on a single line, at most `limit` characters. */
export function oneLine(text: string, limit = 500): string {
  const line = printable(text.replace(/[\t\r\n]+/g, " ")).trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}

/** `1 call`, `2 calls`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}

/** `12,345`: digits in groups, without the locales that an engine would load for it. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
