import { widthOf } from "../../../output/table/table-cells.ts";

/** The size of a terminal in characters. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * Splits the text of a scene into screens that fit a terminal with one row left for a question. A screen ends between
 * two lines of the text, never inside a wrapped line, and preferably before a section.
 * @param continued the line to put above each screen but the first
 */
export function splitIntoScreens(
  text: string,
  { columns, rows }: ScreenSize,
  continued: string,
): readonly string[] {
  const heightOf = (lines: readonly string[]) =>
    lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
  const head = continued.split("\n");
  const screens: string[] = [];
  let rest = text.replace(/\n+$/, "").split("\n");
  while (heightOf(rest) > rows - 1) {
    const most = rest.findIndex((_line, index) => heightOf(rest.slice(0, index + 1)) > rows - 1);
    const at = chooseBreak(rest, most, columns);
    screens.push(rest.slice(0, at).join("\n"));
    const next = rest.slice(at);
    rest = [...head, ...next.slice(next.findIndex((line) => line !== ""))];
  }
  return [...screens, rest.join("\n")].map((screen) => `${screen.replace(/\n+$/, "")}\n`);
}

/** Returns, from the second half of a screen, the least indented line that begins a new sentence. */
function chooseBreak(lines: readonly string[], most: number, columns: number): number {
  let best = most;
  let least = Number.POSITIVE_INFINITY;
  for (let at = most; at > most / 2; at -= 1) {
    const indent = indentOf(lines[at] ?? "");
    if (indent < least && isNewLine(lines[at - 1] ?? "", lines[at] ?? "", columns)) {
      best = at;
      least = indent;
    }
  }
  return best;
}

/**
 * Returns whether a line begins a new line of the text and is not the rest of a wrapped one. A line was wrapped only if
 * the previous line had no room for its first word.
 */
function isNewLine(before: string, line: string, columns: number): boolean {
  const [first = ""] = line.trimStart().split(" ");
  return before === "" || line === "" || widthOf(before) + 1 + widthOf(first) <= columns;
}

function indentOf(line: string): number {
  return line === "" ? -1 : line.length - line.trimStart().length;
}
