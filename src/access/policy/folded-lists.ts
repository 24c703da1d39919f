import type { YamlScalar } from "./yaml-value.ts";

/** A text with the middle of its long lists left out; every other line stands where it stood. */
export interface FoldedText {
  readonly text: string;
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
  const shown = lines.map((line, index) => {
    const indent = indents[index] ?? null;
    if (indent === null || indents[index - 1] !== indent) left = [];
    else if (indents[index + 1] === indent) {
      const at = { line: index + 1, column: indent + 3 };
      left.push({ kind: "scalar", at, value: line.slice(indent + 2) });
      hidden.set(index + 1 - left.length, left);
      return "";
    }
    return line;
  });
  return { text: shown.join("\n"), hidden };
}
