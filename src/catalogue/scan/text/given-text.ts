import type { SourceText } from "./source-text.ts";

/** Maximum distance in characters between the assignment of a name and its use. */
const REACH = 3000;

/**
 * Returns the source of the last value assigned to a name before `offset`, up to the end of the line; null if
 * nothing is near.
 */
export function givenText(source: SourceText, name: string, offset: number): string | null {
  const start = Math.max(0, offset - REACH);
  const plain = name.replace(/^\$/, "");
  const pattern = new RegExp(`(?<![\\w.])${plain}[ \\t]*(?::[ \\t]*\\w+[ \\t]*)?:?=(?![=>])([^\\n]*)`, "g");
  const given = Array.from(source.code.slice(start, offset).matchAll(pattern)).at(-1);
  if (given === undefined) return null;
  const end = start + given.index + given[0].length;
  return source.text.slice(end - (given[1] ?? "").length, end);
}
