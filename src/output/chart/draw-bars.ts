import type { Style } from "../style.ts";
import { cutCell, widthOf } from "../table/table-cells.ts";
import type { BarsBlock } from "./bars-block.ts";

/** The width of a chart in a pipe. */
const PIPE_WIDTH = 80;
/** Maximum width of a bar; a longer one is no easier to compare. */
const LONGEST_BAR = 60;
const SHORTEST_BAR = 4;
const GAP = 2;
/** Maximum share of the width for labels; a longer label is truncated. */
const LABEL_SHARE = 0.4;
/** Block characters that fill one to seven eighths of a column. */
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** Draws the bars below their title, each at most `columns` wide with its label and value. */
export function drawBars({ title, bars, isPlain }: BarsBlock, columns: number | null, style: Style): string {
  const width = columns ?? PIPE_WIDTH;
  const most = Math.floor(width * LABEL_SHARE);
  const labels = bars.map(({ label }) => cutCell(label, most));
  const labelWidth = labels.reduce((widest, label) => Math.max(widest, widthOf(label)), 0);
  const valueWidth = bars.reduce((widest, { value }) => Math.max(widest, widthOf(value)), 0);
  const room = width - labelWidth - valueWidth - 2 * GAP;
  const length = Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, room));
  const lines = bars.map(({ share, value }, index) => {
    const label = labels[index] ?? "";
    const bar = share === null ? "" : barOf(share * length, isPlain);
    const text = share === null ? style.faint(value) : value;
    const space = " ".repeat(labelWidth - widthOf(label) + GAP);
    return `${label}${space}${bar === "" ? "" : `${style.hint(bar)} `}${text}`;
  });
  return [style.strong(title), ...lines].join("\n");
}

/** Returns a bar. A value above zero gets at least the smallest bar, so that it differs from zero. */
function barOf(length: number, isPlain: boolean): string {
  if (length <= 0) return "";
  if (isPlain) return "#".repeat(Math.max(1, Math.round(length)));
  const eighths = Math.max(1, Math.round(length * EIGHTHS.length));
  const [whole, rest] = [Math.floor(eighths / EIGHTHS.length), eighths % EIGHTHS.length];
  return `${"█".repeat(whole)}${EIGHTHS[rest] ?? ""}`;
}
