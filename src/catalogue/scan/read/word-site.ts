import type { SourceText } from "../text/source-text.ts";
import { wordBefore } from "../text/word-before.ts";
import type { PathSite } from "./path-site.ts";
import { type PathText, readPath } from "./path-text.ts";

/** Matches a quote within a shell word: `"$BASE"/users/"$ID"`. */
const INNER_QUOTE = /(?<=[\w/}])["']{1,3}(?=[/$\w{])/g;
export const ROOT = /\/?api\/v2/;

/** An address that is assigned to a name, and the start of the word that contains the name. */
export interface Prefix {
  readonly root: string;
  readonly start: number;
}

/** The rest of a word and the path at its beginning. */
export interface Word {
  /** Text after the name to the end of the line, without the quotes within words. */
  readonly rest: string;
  readonly read: PathText;
  /** End of the path in the source. */
  readonly end: number;
}

/** Reads the word at `offset`. Its path begins with `path`, the value of the name in front of the word. */
export function wordAt(source: SourceText, offset: number, path: string): Word {
  const written = source.text.slice(offset, source.lineAround(offset).end);
  const rest = `${path}${written.replace(INNER_QUOTE, "")}`;
  const read = readPath(rest, 0);
  let length = Math.max(0, read.end - path.length);
  for (const { index, 0: quotes } of written.matchAll(INNER_QUOTE)) {
    if (index < length) length += quotes.length;
  }
  return { rest, read, end: offset + length };
}

/** Returns where the root of the API begins in an address, or 0 without one. */
export function rootStart(root: string): number {
  return Math.max(0, root.search(ROOT));
}

/**
 * Returns the location of the path in the word at `offset`. `prefix` is the address assigned to a name in front
 * of the word.
 */
export function siteOf(
  source: SourceText,
  offset: number,
  { rest, read, end }: Word,
  prefix: Prefix | null,
  isComment: boolean,
): PathSite {
  const line = source.text.slice(source.lineAround(offset).start, prefix?.start ?? offset);
  const root = prefix?.root ?? "";
  const before = `${line}${root.slice(0, rootStart(root))}`;
  const base = wordBefore(before);
  return {
    offset,
    pathEnd: end,
    start: prefix?.start ?? offset - base.length,
    end,
    path: read.path,
    before,
    after: rest.slice(read.end, read.end + 3),
    whole: `${before}${rest}`,
    base,
    isComment,
    isOpenEnded: read.hasTail || read.endsInSlash,
  };
}
