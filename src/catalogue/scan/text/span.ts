import { heredocAt } from "./heredoc.ts";
import type { Language } from "./language.ts";
import { endOfQuoted } from "./quoted.ts";

/** A string or comment in source text; ends are exclusive. */
export interface Span {
  readonly kind: "string" | "comment";
  readonly start: number;
  readonly end: number;
  /** Start and end of the text between the quotes. */
  readonly contentStart: number;
  readonly contentEnd: number;
}

/** Matches the text before a slash that begins a regular expression, not a division or the end of a tag. */
const BEFORE_REGEXP = /(?:[(,=:[!&|?{};+\-*%~^]|=>|\b(?:return|typeof|case|in|of))$/;
const MOST_UNCLOSED = 100;
const CANDIDATE = /["'`#/<-]/g;

/**
 * Returns the strings and comments of the text in order. Recovers from syntax that it does not know: a quote
 * that is not closed on its line is an apostrophe, not a string.
 */
export function findSpans(text: string, language: Language): readonly Span[] {
  const spans: Span[] = [];
  const candidate = new RegExp(CANDIDATE);
  let unclosed = 0;
  let lineEnd = 0;
  for (let match = candidate.exec(text); match !== null; match = candidate.exec(text)) {
    if (match.index > lineEnd) {
      const newline = text.indexOf("\n", match.index);
      lineEnd = newline === -1 ? text.length : newline;
      unclosed = 0;
    }
    // An unclosed quote or regular expression is searched to the end of its line. After a few of them, the line
    // is assumed to have no strings.
    if (unclosed >= MOST_UNCLOSED) continue;
    const heredoc = language.hasHeredocs ? heredocAt(text, match.index) : null;
    if (heredoc !== null) {
      for (const line of heredoc.lines) spans.push(line);
      candidate.lastIndex = heredoc.end;
      continue;
    }
    const span = spanAt(text, match.index, language);
    if (span === null) {
      const isRegExp = language.hasRegExpLiterals && beginsRegExp(text, match.index);
      const skipped = isRegExp ? endOfRegExp(text, match.index) : null;
      if (skipped !== null) candidate.lastIndex = skipped;
      else if (isRegExp || /["'`]/.test(match[0])) unclosed += 1;
      continue;
    }
    spans.push(span);
    candidate.lastIndex = span.end;
  }
  return spans;
}

function spanAt(text: string, start: number, language: Language): Span | null {
  return commentAt(text, start, language) ?? stringAt(text, start, language);
}

function commentAt(text: string, start: number, language: Language): Span | null {
  for (const [open, close] of language.blockComments) {
    if (!text.startsWith(open, start)) continue;
    const closed = text.indexOf(close, start + open.length);
    return comment(start, closed === -1 ? text.length : closed + close.length);
  }
  const marker = language.lineComments.find((known) => text.startsWith(known, start));
  if (marker === undefined || !beginsComment(text, start, marker)) return null;
  const lineEnd = text.indexOf("\n", start);
  return comment(start, lineEnd === -1 ? text.length : lineEnd);
}

/**
 * Returns whether a comment begins at `start`. `//` does not begin one in `https://`, nor does `#` in `a#b`. `'` begins
 * one only after a space.
 */
function beginsComment(text: string, start: number, marker: string): boolean {
  const before = text[start - 1] ?? "\n";
  if (marker === "//") return before !== ":";
  if (marker === "#") return /\s/.test(before) && text[start + 1] !== "[";
  return marker !== "'" || /\s/.test(before);
}

function comment(start: number, end: number): Span {
  return { kind: "comment", start, end, contentStart: start, contentEnd: end };
}

function stringAt(text: string, start: number, language: Language): Span | null {
  const triple = language.tripleQuotes.find((quotes) => text.startsWith(quotes, start));
  if (triple !== undefined) {
    const closed = text.indexOf(triple, start + 3);
    const contentEnd = closed === -1 ? text.length : closed;
    const end = Math.min(text.length, contentEnd + 3);
    const kind = isStatement(text, start) && language.lineComments.includes("#") ? "comment" : "string";
    return { kind, start, end, contentStart: start + 3, contentEnd };
  }
  const end = endOfString(text, start, language);
  return end === null
    ? null
    : { kind: "string", start, end, contentStart: start + 1, contentEnd: Math.max(start + 1, end - 1) };
}

function endOfString(text: string, start: number, language: Language): number | null {
  const quote = text[start] ?? "";
  if (quote === "`") {
    if (language.backtick === "none") return null;
    return endOfQuoted(text, start, {
      isMultiline: true,
      hasEscapes: language.backtick === "template",
      hole: language.backtick === "template" ? "${" : null,
    });
  }
  if (quote === "'" && language.singleQuote === "character") {
    const character = /'(?:\\.[^'\n]{0,8}|[^\\'\n])'/y;
    character.lastIndex = start;
    return character.test(text) ? character.lastIndex : null;
  }
  if (quote !== '"' && quote !== "'") return null;
  const prefix = text.slice(Math.max(0, start - 2), start);
  const isVerbatim = prefix.includes("@") && language.hole === "{";
  const hole = language.hole === "{" && !prefix.includes("$") ? null : language.hole;
  return endOfQuoted(text, start, { isMultiline: isVerbatim, hasEscapes: !isVerbatim, hole });
}

/** Returns whether only indentation precedes the string on its line, which makes it a docstring. */
function isStatement(text: string, start: number): boolean {
  return /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, start - 80), start));
}

function beginsRegExp(text: string, start: number): boolean {
  return text[start] === "/" && BEFORE_REGEXP.test(text.slice(Math.max(0, start - 12), start).trimEnd());
}

/** Returns the end (exclusive) of the regular expression at `start`; null when it does not end on its line. */
function endOfRegExp(text: string, start: number): number | null {
  const literal = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
  literal.lastIndex = start;
  return literal.test(text) ? literal.lastIndex : null;
}

/** Character that replaces every character of a string, so that the string is not mistaken for code. */
const MASK = "\u0001";

/** Returns the text with comments as spaces and the contents of strings masked. */
export function maskSpans(text: string, spans: readonly Span[]): string {
  const pieces: string[] = [];
  let end = 0;
  for (const span of spans) {
    pieces.push(text.slice(end, span.contentStart));
    pieces.push(maskLines(text, span, span.kind === "comment" ? " " : MASK));
    end = span.contentEnd;
  }
  pieces.push(text.slice(end));
  return pieces.join("");
}

function maskLines(text: string, { contentStart, contentEnd }: Span, mask: string): string {
  return text
    .slice(contentStart, contentEnd)
    .split("\n")
    .map((line) => mask.repeat(line.length))
    .join("\n");
}
