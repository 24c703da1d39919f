import type { SortedLines } from "./sorted-lines.ts";

/** Number of lookups below which scanning the text each time costs less than building an index. */
const SCANS_BEFORE_INDEX = 8;

/**
 * Returns a function that finds lines by text other than their beginning. The first few lookups each scan the
 * text (0.3 ms for the whole catalog); later ones use an index.
 */
export function createLineFinder(
  lines: SortedLines,
  patternOf: (key: string) => RegExp,
  keyOf: (line: string) => string,
): (key: string) => readonly string[] {
  let scanCount = 0;
  let index: Map<string, string[]> | null = null;
  return (key) => {
    if (index === null && scanCount < SCANS_BEFORE_INDEX) {
      scanCount += 1;
      // A pattern may also match in another column of a line.
      return lines.matching(patternOf(key)).filter((line) => keyOf(line) === key);
    }
    index ??= indexLines(lines, keyOf);
    return index.get(key) ?? [];
  };
}

function indexLines(lines: SortedLines, keyOf: (line: string) => string): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const line of lines.startingWith("")) {
    const key = keyOf(line);
    const known = index.get(key);
    if (known === undefined) index.set(key, [line]);
    else known.push(line);
  }
  return index;
}
