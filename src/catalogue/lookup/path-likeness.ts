import { isPlaceholder } from "../facts/path-tree.ts";

/** Words that many paths end in. They order suggestions, but sharing only such a word is no relation. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  "all bulk count detail download id info item job list me preview query result search setting stat statistic status summary v2 version view".split(
    " ",
  ),
);

/** Returns whether a segment of a path stands for an id, as a placeholder or as a value. */
export function isIdSegment(segment: string): boolean {
  return segment === "" || isPlaceholder(segment) || (/\d/.test(segment) && !/^v\d$/.test(segment));
}

/** Returns a path in lower case with `{}` for every id. */
export function shapeOfPath(segments: readonly string[]): string {
  return segments.map((segment) => (isIdSegment(segment) ? "{}" : segment.toLowerCase())).join("/");
}
