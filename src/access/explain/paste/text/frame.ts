import { withWholeMessages } from "./trace-dump.ts";
import { withPlainMessages } from "./wire-log.ts";

/**
 * Matches the border that Terraform draws before each line of an error (`│`, or `|` without Unicode), and the
 * `name-1  | ` that Docker Compose writes.
 */
const GUTTER =
  /^(?![^\n]{1,100} \| #\d{1,4}$|[ \t]{0,8}\d{3}[ \t])[ \t]{0,8}(?:[\w.-]{1,60}[ \t]{1,8})?[│|╷╵][ \t]?/;

/**
 * Removes what a program added to the text that it shows: borders, quotation marks at the start of every line, and
 * the offsets of a dump.
 */
export function removeFrame(text: string): string {
  const plain = withPlainMessages(withWholeMessages(withoutEmphasis(withoutStars(unquote(text)))));
  if (!/^[ \t]{0,8}(?:[\w.-]{1,60}[ \t]{1,8})?[│|╷╵]/m.test(plain)) return plain;
  return plain
    .split("\n")
    .map((line) => line.replace(GUTTER, ""))
    .join("\n");
}

/** Removes the ` * ` before each line of a source code comment. Keeps the asterisks of a list. */
function withoutStars(text: string): string {
  if (!/^\s{0,20}(?:\/\*\*?|\*)/.test(text)) return text;
  const lines = text.split("\n");
  const isComment =
    lines.filter((line) => /^ {1,20}\*(?: |$)/.test(line)).length >= 2 &&
    lines.every((line) => /^\s{0,20}(?:\/?\*|$)/.test(line));
  return isComment ? lines.map((line) => line.replace(/^\s{0,20}\/?\*{1,2}\/? ?/, "")).join("\n") : text;
}

/** Matches the marks of bold text within a line: `: **API Error: 409 - The version must match** (id)`. */
const EMPHASIS = /(?<=[\s,:;({[])\*\*(?=["'{[\w])|(?<=[\w.!"'}\])])\*\*(?=[\s,:;)}\]]|$)/g;

/**
 * Removes the marks that people use to emphasize part of a message. Keeps them in a line that begins with them, which
 * is a heading.
 */
function withoutEmphasis(text: string): string {
  if (!text.includes("**")) return text;
  return text
    .split("\n")
    .map((line) => (/^\s{0,40}\*\*/.test(line) ? line : line.replace(EMPHASIS, "")))
    .join("\n");
}

/** Removes the `> ` of a quoted email. A curl transcript also contains `> `, but never on every line. */
function unquote(text: string): string {
  if (!text.startsWith(">")) return text;
  const lines = text.split("\n");
  return lines.every((line) => line === "" || line.startsWith(">"))
    ? lines.map((line) => line.replace(/^> ?/, "")).join("\n")
    : text;
}
