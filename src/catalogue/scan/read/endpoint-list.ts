import type { SourceText } from "../text/source-text.ts";
import { assignedBy, holdsEverywhere } from "./constants.ts";

/** Matches the name of a file, class, object or constant that lists paths for a client. */
const LIST = /endpoint|api_?(?:path|route|ur[il])/i;
/** Number of characters before a block to search for the name of its class or object. */
const LONGEST_HEAD = 80;

/**
 * Returns the name of the constant that holds the string at `start` in a list of endpoints; null for any other string.
 */
export function listedName(source: SourceText, start: number): string | null {
  const assigned = assignedBy(source, start);
  if (assigned === null || !assigned.isDirect || !holdsEverywhere(source, start, assigned)) return null;
  const block = source.enclosureOf(start)?.start ?? 0;
  const head = source.code
    .slice(Math.max(0, block - LONGEST_HEAD), block)
    .split("\n")
    .slice(-2)
    .join(" ");
  const file = source.file.split("/").at(-1) ?? "";
  return [assigned.name, head, file].some((text) => LIST.test(text)) ? assigned.name : null;
}
