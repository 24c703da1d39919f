import type { Definition } from "../text/definition.ts";
import { lastNotAfter, type SourceText } from "../text/source-text.ts";

/** Matches the head of a class, an object or a module. */
const HEAD =
  /(?<![\w.$])(?:class|object|enum|struct|interface|trait|module|namespace|const|let|var|val)[ \t]+([A-Za-z_]\w*)(?=[^\n;]*(?:[{[(:]|\n|$))/g;
/** Maximum number of type names that identify a file. */
const MOST_TYPES = 12;
const TYPE =
  /(?<![\w.$])(?:class|object|struct|interface|trait|module|namespace|impl|protocol|extension)[ \t]+([A-Z]\w{4,})/g;

/** Returns a function that finds the name of the class or object before an offset; an empty string if none exists. */
export function findOwners(source: SourceText): (offset: number) => string {
  const heads = Array.from(source.code.matchAll(HEAD), ({ index, 1: name = "" }) => ({ index, name }));
  const starts = heads.map(({ index }) => index);
  return (offset) => {
    const head = heads[lastNotAfter(starts, offset)];
    return head !== undefined && head.index <= offset ? head.name : "";
  };
}

/** Returns the names of the types that a file defines. Other files refer to the file by them. */
export function typesOf(source: SourceText): readonly string[] {
  const names = new Set<string>();
  for (const [, name = ""] of source.code.matchAll(TYPE)) {
    if (names.size >= MOST_TYPES) break;
    names.add(name);
  }
  return [...names];
}

/** Maximum number of definitions before an offset to search for the one that contains the offset. */
const MOST_NESTED = 8;

/**
 * Returns the innermost function that contains an offset; null if absent. The functions must be in the order of their
 * bodies.
 */
export function definitionAround(definitions: readonly Definition[], offset: number): Definition | null {
  let low = 0;
  let high = definitions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((definitions[middle]?.bodyStart ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= Math.max(0, low - MOST_NESTED); at -= 1) {
    const definition = definitions[at];
    if (definition !== undefined && offset < definition.bodyEnd) return definition;
  }
  return null;
}
