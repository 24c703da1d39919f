import { type Language, languageOf } from "./language.ts";
import { findSpans, type Span } from "./span.ts";

/** A bracket that a place stands in. */
export interface Enclosure {
  readonly open: "(" | "[" | "{";
  readonly start: number;
  /** Of the closing bracket. */
  readonly end: number;
}

/** How far a bracket is looked for; farther off it says nothing about a place. */
const REACH = 4000;
/** Stands for every character of a string, so that none of them is taken for code. */
const MASK = "\u0001";
const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** A source file as the scan sees it: its text, and the same text with strings and comments blanked out. */
export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly language: Language;
  #spans: readonly Span[] | null = null;
  #strings: readonly Span[] | null = null;
  #comments: readonly Span[] | null = null;
  #code: string | null = null;
  #lineStarts: readonly number[] | null = null;

  /** Nothing is read before it is asked for: most texts turn out to hold nothing. */
  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.language = languageOf(file);
  }

  get strings(): readonly Span[] {
    this.#strings ??= this.#allSpans().filter(({ kind }) => kind === "string");
    return this.#strings;
  }

  get comments(): readonly Span[] {
    this.#comments ??= this.#allSpans().filter(({ kind }) => kind === "comment");
    return this.#comments;
  }

  /** As long as the text: comments are blanks, the insides of strings are masked, quotes and code remain. */
  get code(): string {
    this.#code ??= maskSpans(this.text, this.#allSpans());
    return this.#code;
  }

  /** Line and column of an offset, both from 1. */
  placeOf(offset: number): { readonly line: number; readonly column: number } {
    this.#lineStarts ??= findLineStarts(this.text);
    const line = lastNotAfter(this.#lineStarts, offset);
    return { line: line + 1, column: offset - (this.#lineStarts[line] ?? 0) + 1 };
  }

  stringAt(offset: number): Span | null {
    return spanAt(this.strings, offset);
  }

  commentAt(offset: number): Span | null {
    return spanAt(this.comments, offset);
  }

  /** The innermost bracket around `offset` in the same statement; null when there is none near. */
  enclosureOf(offset: number): Enclosure | null {
    let depth = 0;
    const limit = Math.max(0, offset - REACH);
    for (let at = offset - 1; at >= limit; at -= 1) {
      const character = this.code[at] ?? "";
      if (character === ")" || character === "]" || character === "}") depth += 1;
      else if (character === ";" && depth === 0) return null;
      else if (character === "(" || character === "[" || character === "{") {
        if (depth === 0) return { open: character, start: at, end: this.closerOf(at) };
        depth -= 1;
      }
    }
    return null;
  }

  /** Where the bracket that opens at `start` closes; the end of reach when it does not. */
  closerOf(start: number): number {
    const open = this.code[start] ?? "";
    const close = CLOSERS[open] ?? ")";
    const limit = Math.min(this.code.length, start + REACH);
    let depth = 0;
    for (let at = start; at < limit; at += 1) {
      if (this.code[at] === open) depth += 1;
      else if (this.code[at] === close) {
        depth -= 1;
        if (depth === 0) return at;
      }
    }
    return limit;
  }

  /** The line of `offset`, with those it continues on by a backslash, backtick or caret at the end. */
  commandAt(offset: number): { readonly start: number; readonly end: number } {
    const isContinued = (lineEnd: number): boolean =>
      /[\\`^]\s*$/.test(this.text.slice(lineEnd - 3, lineEnd));
    let start = this.text.lastIndexOf("\n", offset - 1) + 1;
    while (start > 0 && isContinued(start - 1)) start = this.text.lastIndexOf("\n", start - 2) + 1;
    let end = this.#endOfLine(offset);
    while (end < this.text.length && isContinued(end)) end = this.#endOfLine(end + 1);
    return { start, end };
  }

  #allSpans(): readonly Span[] {
    if (this.#spans === null) {
      const { mode } = this.language;
      this.#spans = mode === "code" ? findSpans(this.text, this.language) : [];
      if (mode === "lines") this.#spans = findShellComments(this.text);
    }
    return this.#spans;
  }

  #endOfLine(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    return end === -1 ? this.text.length : end;
  }
}

function spanAt(spans: readonly Span[], offset: number): Span | null {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (span === undefined) return null;
    if (offset < span.start) high = middle - 1;
    else if (offset >= span.end) low = middle + 1;
    else return span;
  }
  return null;
}

function lastNotAfter(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function maskSpans(text: string, spans: readonly Span[]): string {
  const pieces: string[] = [];
  let end = 0;
  for (const span of spans) {
    pieces.push(text.slice(end, span.contentStart));
    pieces.push(maskLines(text, span, span.kind === "comment" ? " " : MASK));
    end = span.contentEnd;
  }
  return pieces.join("") + text.slice(end);
}

function maskLines(text: string, { contentStart, contentEnd }: Span, mask: string): string {
  return text
    .slice(contentStart, contentEnd)
    .split("\n")
    .map((line) => mask.repeat(line.length))
    .join("\n");
}

/** In shell and YAML a comment takes a line or follows a blank; quotes are not told apart there. */
function findShellComments(text: string): readonly Span[] {
  return Array.from(
    text.matchAll(/(?<=^[ \t]*)#(?!!).*$|(?<=^[^"'\n]*\s)# .*$/gm),
    ({ index, 0: comment }) => ({
      kind: "comment" as const,
      start: index,
      end: index + comment.length,
      contentStart: index,
      contentEnd: index + comment.length,
    }),
  );
}

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
