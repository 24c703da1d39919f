import type { SourceText } from "./source-text.ts";

/** Maximum distance in characters between the start of a block and a position in it. */
const REACH = 3000;
const MOST_LEVELS = 6;
/** Maximum number of characters to read from a line. */
const LONGEST_HEAD = 200;
/** Matches a line that begins a control block, such as `if` or `for`, which belongs to the same function. */
const CONTROL =
  /^[ \t]*(?:\}\s*)?(?:if|else|elif|elsif|elseif|for|foreach|while|try|except|catch|finally|with|switch|case|when|unless|rescue|begin|do|default|match)\b/i;
const CASE = /^[ \t]*(?:case|default)\b/;

/** Returns the offset where the innermost open brace before `offset` closes; null when none is open nearby. */
function endOfBlock(source: SourceText, offset: number): number | null {
  const start = source.blockAt(offset);
  if (start === null || start < offset - REACH) return null;
  const end = source.closerOf(start);
  return source.code[end] === "}" ? end : null;
}

/** Returns the number of spaces at the start of the line that contains an offset. */
export function indentationAt(source: SourceText, offset: number): number {
  const start = source.lineStartOf(offset);
  return /^[ \t]*/.exec(source.text.slice(start, start + LONGEST_HEAD))?.[0].length ?? 0;
}

/**
 * Matches the text before the value of an assignment that declares no variable, including a call around the value:
 * `url = `, `url = str(`.
 */
const PLAIN_ASSIGNMENT = /^[ \t]*(?:[$@]?\w+[ \t]*(?:[+.&]|<<)?=[ \t]*)?(?:\w+[ \t]*\(|\$?["'`])?$/;

/**
 * Returns a position in the outermost block of the same function where the name assigned at `start` may be declared. An
 * assignment without a declaration may be to a variable of an outer block.
 */
export function originOf(source: SourceText, start: number): number {
  const line = source.text.slice(Math.max(source.lineStartOf(start), start - LONGEST_HEAD), start);
  if (!PLAIN_ASSIGNMENT.test(line)) return start;
  let origin = start;
  for (let level = 0; level < MOST_LEVELS; level += 1) {
    const header = headerOf(source, origin);
    if (header === null) return origin;
    const head = source.text.slice(header, header + LONGEST_HEAD);
    if (!CONTROL.test(head)) return origin;
    // Skips the brace that closes the previous block: `} else {`.
    origin = header + (/^[ \t]*\}?/.exec(head)?.[0].length ?? 0);
    // Go indents the cases of a `switch` no further than the `switch` itself.
    const block = CASE.test(head) ? source.blockAt(origin) : null;
    if (block !== null && indentationAt(source, block) === indentationAt(source, origin)) {
      origin = source.lineStartOf(block) + indentationAt(source, block);
    }
  }
  return origin;
}

/**
 * Returns whether `at` and `from` are in different branches: a line between them, with less indentation than `at`,
 * begins a control block such as `else`.
 */
export function isOtherBlock(source: SourceText, from: number, at: number): boolean {
  const { text } = source;
  const indentation = indentationAt(source, at);
  const limit = source.lineStartOf(at);
  let found = outerLine(text, Math.max(from, at - REACH), limit, indentation);
  while (found !== null) {
    const end = text.indexOf("\n", found + 1);
    if (CONTROL.test(text.slice(found + 1, end === -1 ? limit : Math.min(end, limit)))) return true;
    found = outerLine(text, found + 1, limit, indentation);
  }
  return false;
}

/** Returns the end of the block around `at`: the following lines that have at least the same indentation. */
export function endOfBlockAt(source: SourceText, at: number): number {
  const limit = Math.min(source.text.length, at + REACH);
  return outerLine(source.text, at, limit, indentationAt(source, at)) ?? limit;
}

/**
 * Returns the offset of the line feed before the first line with less indentation between two offsets; null if no such
 * line exists. Ignores blank lines. Of each line, reads no more characters than the indentation is wide, because this
 * function runs for every path.
 */
function outerLine(text: string, from: number, limit: number, indentation: number): number | null {
  if (indentation === 0) return null;
  for (let at = text.indexOf("\n", from); at !== -1 && at < limit; at = text.indexOf("\n", at + 1)) {
    const end = Math.min(limit, at + 1 + Math.min(indentation, LONGEST_HEAD));
    for (let place = at + 1; place < end; place += 1) {
      const character = text[place] ?? "";
      if (character === "\n") break;
      if (character !== " " && /\S/.test(character)) return at;
    }
  }
  return null;
}

/**
 * Returns the start of the nearest line before `offset` with less indentation; null if nothing is near.
 */
function headerOf(source: SourceText, offset: number): number | null {
  const indentation = indentationAt(source, offset);
  const start = Math.max(0, offset - REACH);
  const before = source.text.slice(start, source.lineStartOf(offset));
  for (let end = before.length - 1; end > 0; ) {
    const from = before.lastIndexOf("\n", end - 1) + 1;
    const line = before.slice(from, end);
    // A brace alone on a line belongs to the head on the line before it.
    const isHead = line.trim() !== "" && line.trim() !== "{";
    if (isHead && line.length - line.trimStart().length < indentation) return start + from;
    end = from - 1;
  }
  return null;
}

/**
 * Returns the end of the function or block around `offset`: its closing brace, or without braces the first
 * line with less indentation.
 */
export function endOfScope(source: SourceText, offset: number): number {
  const blockEnd = source.language.blockComments.length > 0 ? endOfBlock(source, offset) : null;
  if (blockEnd !== null) return Math.min(blockEnd, offset + REACH);
  const lineStart = source.lineStartOf(offset);
  const indentation = /^[ \t]*/.exec(source.text.slice(lineStart, offset))?.[0].length ?? 0;
  const limit = Math.min(source.text.length, offset + REACH);
  return outerLine(source.text, offset, limit, indentation) ?? limit;
}
