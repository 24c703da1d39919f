import type { SortedLines } from "./sorted-lines.ts";

/** Below this many look-ups, scanning the text for each is cheaper than building an index once. */
const SCANS_BEFORE_INDEX = 8;

/**
 * Finds lines by something other than their beginning. A command that asks once or twice pays one scan of the
 * text each (0.3 ms for the whole catalogue); whoever asks for thousands gets an index.
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
      return lines.matching(patternOf(key));
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
