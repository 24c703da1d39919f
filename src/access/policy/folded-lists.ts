import type { YamlScalar } from "./yaml-value.ts";

/** YAML text without the middle of its long lists. */
export interface FoldedText {
  readonly text: string;
  /** Maps each line of the shortened text to its original line; both count from 1. */
  readonly lineNumbers: readonly number[];
  /** The items left out, by the line of the item before them. */
  readonly hidden: ReadonlyMap<number, readonly YamlScalar[]>;
}

/** Matches an item that is one operation or permission. Such an item is a string in any YAML list. */
const NAME = /^ *- (?:[A-Z]+ \/[\w/{}.-]*|[A-Za-z]\w*:\w+:\w+)$/;

/**
 * Removes the names of a list that lie between two others of the same indentation. If the name before them is
 * a list item, so are they; the parser decides whether it is one or a line of a longer string. The parser
 * spends thirty times as long on a name as this function, and a policy consists mostly of names.
 */
export function foldLists(text: string): FoldedText {
  const lines = text.split("\n");
  const indents = lines.map((line) => (NAME.test(line) ? line.indexOf("-") : null));
  const hidden = new Map<number, YamlScalar[]>();
  let left: YamlScalar[] = [];
  const shown: string[] = [];
  const lineNumbers: number[] = [];
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const indent = indents[index] ?? null;
    if (indent !== null && indents[index - 1] === indent && indents[index + 1] === indent) {
      const at = { line: number, column: indent + 3 };
      left.push({ kind: "scalar", at, value: line.slice(indent + 2) });
      hidden.set(number - left.length, left);
    } else {
      left = [];
      shown.push(line);
      lineNumbers.push(number);
    }
  }
  return { text: shown.join("\n"), lineNumbers, hidden };
}
