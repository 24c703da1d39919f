import type { FrameSize } from "./live-screen.ts";

/**
 * Cuts lines to the height of a terminal, less one line for the cursor. The last line counts what is left out.
 * @param head the first lines, which are never cut
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
