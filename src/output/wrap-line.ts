import { piecesOf } from "../core/text.ts";
import { widthOf } from "./table/table-cells.ts";

/** Indent of every line but the first, in addition to the indent of the text itself. */
const HANG = "  ";
const COMMAND = /^ *genscope /;

/**
 * Wraps a line at words to fit a terminal of `width` columns. Never breaks a command: if the rest of a line has no room
 * for it, the command begins the next line.
 */
export function wrapLine(text: string, width: number): string {
  if (widthOf(text) <= width || COMMAND.test(text)) return text;
  const [indent = ""] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  let line = "";
  for (const piece of piecesOf(text).filter((part) => part !== "")) {
    const start = line === "" ? (lines.length === 0 ? indent : `${indent}${HANG}`) : `${line} `;
    if (line !== "" && widthOf(`${start}${piece}`) > width) {
      lines.push(line);
      line = `${indent}${HANG}${piece}`;
    } else {
      line = `${start}${piece}`;
    }
  }
  return [...lines, line].join("\n");
}
