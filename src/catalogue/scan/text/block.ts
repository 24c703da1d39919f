import type { SourceText } from "./source-text.ts";

/** Maximum distance in characters between the start of a block and a place in it. */
const REACH = 3000;
const MOST_LEVELS = 6;
/** Number of characters read of a line. */
const LONGEST_HEAD = 200;
/** Matches a line that begins a block of the same function. */
const CONTROL =
  /^[ \t]*(?:\}\s*)?(?:if|else|elif|elsif|elseif|for|foreach|while|try|except|catch|finally|with|switch|case|when|unless|rescue|begin|do|default|match)\b/i;

/**
 * Returns the offset at which the innermost open brace before `offset` closes; null when none is open nearby.
 */
function endOfBlock(source: SourceText, offset: number): number | null {
  let depth = 0;
  for (let at = offset - 1; at >= Math.max(0, offset - REACH); at -= 1) {
    if (source.code[at] === "}") {
      depth += 1;
    } else if (source.code[at] === "{") {
      if (depth === 0) {
        const end = source.closerOf(at);
        return source.code[end] === "}" ? end : null;
      }
      depth -= 1;
    }
  }
  return null;
}

/** Returns the number of blanks at the start of the line of an offset. */
export function indentationAt(source: SourceText, offset: number): number {
  const start = source.lineStartOf(offset);
  return /^[ \t]*/.exec(source.text.slice(start, start + LONGEST_HEAD))?.[0].length ?? 0;
}

/** Matches what precedes the value of an assignment that declares no name, with a call around the value. */
const PLAIN_ASSIGNMENT = /^[ \t]*(?:[$@]?\w+[ \t]*(?:[+.&]|<<)?=[ \t]*)?(?:\w+[ \t]*\(|\$?["'`])?$/;

/**
 * Returns a place in the outermost block of the function that has the name assigned at `start`. An assignment that
 * declares nothing may give a value to a name of an outer block.
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
    // Behind the brace that closes the block before: `} else {`.
    origin = header + (/^[ \t]*\}?/.exec(head)?.[0].length ?? 0);
  }
  return origin;
}

/** Returns whether a line between two places leaves the block of the second. */
export function isOtherBlock(source: SourceText, from: number, at: number): boolean {
  const indentation = indentationAt(source, at);
  if (indentation === 0) return false;
  const between = source.text.slice(Math.max(from, at - REACH), source.lineStartOf(at));
  return between
    .split("\n")
    .slice(1)
    .some(
      (line) =>
        line.trim() !== "" && line.length - line.trimStart().length < indentation && CONTROL.test(line),
    );
}

/** Returns the end of the lines from `at` on that have at least its indentation. */
export function endOfBlockAt(source: SourceText, at: number): number {
  const indentation = indentationAt(source, at);
  const near = source.text.slice(at, at + REACH);
  for (let found = near.indexOf("\n"); found !== -1; found = near.indexOf("\n", found + 1)) {
    const line = /[^\n]*/.exec(near.slice(found + 1, found + LONGEST_HEAD))?.[0] ?? "";
    if (line.trim() !== "" && line.length - line.trimStart().length < indentation) return at + found;
  }
  return at + near.length;
}

/** Returns the start of the nearest line before `offset` with less indentation; null without one nearby. */
function headerOf(source: SourceText, offset: number): number | null {
  const indentation = indentationAt(source, offset);
  const start = Math.max(0, offset - REACH);
  const before = source.text.slice(start, source.lineStartOf(offset));
  for (let end = before.length - 1; end > 0; ) {
    const from = before.lastIndexOf("\n", end - 1) + 1;
    const line = before.slice(from, end);
    if (line.trim() !== "" && line.length - line.trimStart().length < indentation) return start + from;
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
  const near = source.text.slice(offset, limit);
  for (let found = near.indexOf("\n"); found !== -1; found = near.indexOf("\n", found + 1)) {
    const at = offset + found;
    const line = /[^\n]*/.exec(source.text.slice(at + 1, at + LONGEST_HEAD))?.[0] ?? "";
    if (line.trim() === "" || (/^\s*[})\]]/.test(line) === false && indentation === 0)) continue;
    const own = line.length - line.trimStart().length;
    if (own < indentation) return at;
  }
  return limit;
}
