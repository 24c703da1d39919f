import { Brackets, type Enclosure } from "./brackets.ts";
import { type Language, languageOf } from "./language.ts";
import { findSpans, maskSpans, type Span } from "./span.ts";
import { WordIndex } from "./word-index.ts";

/** Maximum number of characters to read from a line. Lines of generated files can be extremely long. */
const LINE_REACH = 400;
const MOST_CONTINUATIONS = 30;
/** Matches the beginning of a line that imports something. */
const IMPORT = /^.{0,100}\b(?:import|require|use|from|include)\b.{0,200}/gm;

/** A source file as the scan reads it: its text, and the same text with strings and comments blanked out. */
export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly language: Language;
  #spans: readonly Span[] | null = null;
  #strings: readonly Span[] | null = null;
  #comments: readonly Span[] | null = null;
  #code: string | null = null;
  #brackets: Brackets | null = null;
  #lineStarts: readonly number[] | null = null;
  #words: WordIndex | null = null;
  #imports: string | null = null;
  readonly #mentions = new Map<string, boolean>();

  /** Determines only the language in advance, because most files contain nothing relevant. */
  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.language = languageOf(file, text);
  }

  get strings(): readonly Span[] {
    this.#strings ??= this.#allSpans().filter(({ kind }) => kind === "string");
    return this.#strings;
  }

  get comments(): readonly Span[] {
    this.#comments ??= this.#allSpans().filter(({ kind }) => kind === "comment");
    return this.#comments;
  }

  /**
   * Code of the same length as the text: comments become spaces, the contents of strings are masked, quotes and code
   * remain.
   */
  get code(): string {
    this.#code ??= maskSpans(this.text, this.#allSpans());
    return this.#code;
  }

  /**
   * Returns the start of the line that contains an offset. Uses bisection, because a line can be as long as the file.
   */
  lineStartOf(offset: number): number {
    this.#lineStarts ??= findLineStarts(this.text);
    return this.#lineStarts[lastNotAfter(this.#lineStarts, offset)] ?? 0;
  }

  /** Returns the offsets where a name occurs as a member (`.name`) or alone. */
  usesOf(name: string, isMember: boolean): readonly number[] {
    this.#words ??= new WordIndex(this.text);
    return this.#words.usesOf(name, isMember);
  }

  /** Returns whether the text contains a word anywhere. Each word is searched once. */
  mentions(word: string): boolean {
    const known = this.#mentions.get(word) ?? this.text.includes(word);
    this.#mentions.set(word, known);
    return known;
  }

  /** Returns whether a line that imports something contains a name. */
  imports(name: string): boolean {
    return new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(this.importLines);
  }

  /** Lines that import something. */
  get importLines(): string {
    this.#imports ??= (this.text.match(IMPORT) ?? []).join("\n");
    return this.#imports;
  }

  /** Returns the line and column of an offset, both counted from 1. */
  placeOf(offset: number): { readonly line: number; readonly column: number } {
    this.#lineStarts ??= findLineStarts(this.text);
    const line = lastNotAfter(this.#lineStarts, offset);
    return { line: line + 1, column: offset - (this.#lineStarts[line] ?? 0) + 1 };
  }

  stringAt(offset: number): Span | null {
    return spanAt(this.strings, offset);
  }

  /** Returns the first string that begins after `offset`, by bisection; null if absent. */
  stringAfter(offset: number): Span | null {
    const { strings } = this;
    let low = 0;
    let high = strings.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((strings[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return strings[low] ?? null;
  }

  commentAt(offset: number): Span | null {
    return spanAt(this.comments, offset);
  }

  /** Returns the innermost bracket around `offset` in the same statement; null if nothing is near. */
  enclosureOf(offset: number): Enclosure | null {
    return this.#allBrackets().enclosureOf(offset);
  }

  /** Returns the offset where the bracket that opens at `start` closes, or the end of the search range. */
  closerOf(start: number): number {
    return this.#allBrackets().closerOf(start);
  }

  /**
   * Returns the offset of the innermost brace that is open at `offset`, however far away; null if there is
   * none.
   */
  blockAt(offset: number): number | null {
    return this.#allBrackets().blockAt(offset);
  }

  /** Returns the start and end of the line around `offset`, limited to the characters near it. */
  lineAround(offset: number): { readonly start: number; readonly end: number } {
    const start = this.text.slice(Math.max(0, offset - LINE_REACH), offset).lastIndexOf("\n");
    const behind = this.text.slice(offset, offset + LINE_REACH).indexOf("\n");
    return {
      start: start === -1 ? Math.max(0, offset - LINE_REACH) : Math.max(0, offset - LINE_REACH) + start + 1,
      end: behind === -1 ? Math.min(this.text.length, offset + LINE_REACH) : offset + behind,
    };
  }

  /** Returns the line around `offset` with the lines that continue it after a backslash, backtick or caret. */
  commandAt(offset: number): { readonly start: number; readonly end: number } {
    const isContinued = (lineEnd: number): boolean =>
      /[\\`^]\s*$/.test(this.text.slice(lineEnd - 3, lineEnd));
    let { start, end } = this.lineAround(offset);
    for (let count = 0; count < MOST_CONTINUATIONS && start > 0 && isContinued(start - 1); count += 1) {
      start = this.lineAround(start - 1).start;
    }
    for (
      let count = 0;
      count < MOST_CONTINUATIONS && end < this.text.length && isContinued(end);
      count += 1
    ) {
      end = this.lineAround(end + 1).end;
    }
    return { start, end };
  }

  #allBrackets(): Brackets {
    this.#brackets ??= new Brackets(this.code);
    return this.#brackets;
  }

  #allSpans(): readonly Span[] {
    if (this.#spans === null) {
      const { mode } = this.language;
      this.#spans = mode === "code" ? findSpans(this.text, this.language) : [];
      if (mode === "lines") this.#spans = findShellComments(this.text);
    }
    return this.#spans;
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

/**
 * Returns the index of the first number in an ascending list that is not less than `value`, or the length of the list.
 */
export function firstNotBefore(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Returns the index of the last number in an ascending list that is not greater than `value`. */
export function lastNotAfter(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Returns the comments of shell and YAML: whole lines, and text after ` # `. Does not parse quotes. */
function findShellComments(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    const at = start + (/^[ \t]*(#(?!!))/.exec(text.slice(start, end))?.[0].length ?? 0) - 1;
    const mark = at >= start ? at : commentBehindCode(text, start, end);
    if (mark !== null) spans.push({ kind: "comment", start: mark, end, contentStart: mark, contentEnd: end });
    start = end + 1;
  }
  return spans;
}

/**
 * Returns where a ` # ` comment begins after code on the line between two offsets, searching only up to the
 * first quote; null if absent.
 */
function commentBehindCode(text: string, start: number, end: number): number | null {
  const line = text.slice(start, end);
  const quote = line.search(/["']/);
  const found = /\s# /.exec(quote === -1 ? line : line.slice(0, quote));
  return found === null ? null : start + found.index + 1;
}

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
