import type { FrameSize } from "./live-screen.ts";

/**
 * Truncates lines to the height of a terminal, minus one line for the cursor. The last line counts the omitted
 * ones.
 * @param head the first lines, which are never omitted
 */
export function fitFrame(
  head: readonly string[],
  lines: readonly string[],
  { rows }: Pick<FrameSize, "rows">,
): readonly string[] {
  const room = Math.max(1, rows - 1 - head.length);
  if (lines.length <= room) return [...head, ...lines];
  const shown = lines.slice(0, room - 1);
  return [...head, ...shown, `… ${lines.length - shown.length} more lines`];
}
