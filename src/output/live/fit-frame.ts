import { widthOf } from "../table/table-cells.ts";
import type { FrameSize } from "./live-screen.ts";

/**
 * Folds lines that are longer than a terminal, and truncates them to its height, minus one line for the cursor. The
 * last line states how many are omitted.
 * @param head the first lines, which are never omitted
 */
export function fitFrame(
  head: readonly string[],
  lines: readonly string[],
  { rows, columns }: FrameSize,
): readonly string[] {
  const room = Math.max(1, rows - 1 - head.length);
  const folded = lines.flatMap((line) => foldLine(line, columns));
  if (folded.length <= room) return [...head, ...folded];
  const shown = folded.slice(0, room - 1);
  return [...head, ...shown, `… ${folded.length - shown.length} more lines`];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a character, or an escape sequence of our own colors
const CHARACTER = /\u001b\[[0-9;]*m|[\s\S]/gu;

/**
 * Breaks a line where the terminal would. A live screen turns off the terminal's wrapping, because it could not count
 * the lines that the terminal wraps.
 */
function foldLine(line: string, columns: number): readonly string[] {
  if (widthOf(line) <= columns) return [line];
  const folded: string[] = [];
  let current = "";
  let width = 0;
  for (const [character] of line.matchAll(CHARACTER)) {
    const added = widthOf(character);
    if (width + added > columns) {
      folded.push(current);
      current = "";
      width = 0;
    }
    current += character;
    width += added;
  }
  return [...folded, current];
}
