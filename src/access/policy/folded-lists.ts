import type { YamlScalar } from "./yaml-value.ts";

/** YAML text without the middle parts of its long lists. */
export interface FoldedText {
  readonly text: string;
  /** Line numbers in the original text, one per line of the shortened text. Both count from 1. */
  readonly lineNumbers: readonly number[];
  /** The omitted items, by the line of the item before them. */
  readonly hidden: ReadonlyMap<number, readonly YamlScalar[]>;
}

/** Matches a list item that is an operation or permission. YAML always reads such an item as a string. */
const NAME = /^ *- (?:[A-Z]+ \/[\w/{}.-]*|[A-Za-z]\w*:\w+:\w+)$/;

/**
 * Removes each name that stands between two other names with the same indentation. A policy consists mostly of names,
 * and parsing a name takes thirty times as long as this function. The removed lines are list items if the line before
 * them is one. Only the parser can determine that, because that line can also be part of a longer string.
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
