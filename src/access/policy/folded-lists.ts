import type { YamlScalar } from "./yaml-value.ts";

/** A text with the middle of its long lists left out. */
export interface FoldedText {
  readonly text: string;
  /** Which line of the whole text each of its lines is, both counted from 1. */
  readonly lineNumbers: readonly number[];
  /** What was left out, by the line of the item that stands before it. */
  readonly hidden: ReadonlyMap<number, readonly YamlScalar[]>;
}

/** An item that is one operation or permission and nothing else: text in YAML, whatever stands around the list. */
const NAME = /^ *- (?:[A-Z]+ \/[\w/{}.-]*|[A-Za-z]\w*:\w+:\w+)$/;

/**
 * Leaves out the names of a list that stand between two others of the same indentation. If the name before them
 * is an item of a list, so are they; that it is one, and not a line of some longer text, is for the parser to
 * say. A name costs the parser thirty times what it costs here, and a policy is little else.
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
