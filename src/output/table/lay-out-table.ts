import Table from "cli-table3";
import { withoutFractions } from "../../core/text.ts";
import type { Style } from "../style.ts";
import { drawWhole } from "./draw-whole.ts";
import { type ColumnNeed, fitColumns, GAP } from "./fit-columns.ts";
import type { TableBlock, TableColumn, TableText } from "./table-block.ts";
import { longestPart, widthOf, wrapCell } from "./table-cells.ts";
import { withIdsThatFit } from "./whole-ids.ts";

/** A column with its cells, from the top. */
interface FilledColumn extends TableColumn {
  readonly cells: readonly string[];
}

/** Minimum width of a terminal on which a table is always shown as a table. */
const TABLE_WIDTH = 80;
/** Maximum length of a value that is the same in every row and shown once above the table. */
const LONGEST_COMMON = 60;
/** Width below which no cell is shortened. Every time and number and most names fit into it. */
const READABLE = 20;
/**
 * Number of a cell's characters to keep per column of its width. It is more than one, because some characters
 * have no width.
 */
const MOST_CHARACTERS = 4;
/** Maximum number of column names in the note below a table. */
const MOST_NAMED = 30;

/**
 * Lays out a table for a terminal of `width` columns.
 * @returns null when the terminal is so narrow that a list of the rows is easier to read; never null when cells stay
 * whole, because their lines may be longer than the terminal
 */
export function layOutTable(block: TableBlock, width: number, style: Style): TableText | null {
  const { longCells = "wrap", shownBy = "--json", leftOut = [] } = block;
  const all = block.columns
    .map((column, index) => fill(column, block, { index, width }))
    .filter(({ isKey, cells }) => isKey === true || cells.some((cell) => cell !== ""));
  const common = all.filter((column, index) => isCommon(column) && (index > 0 || all.some(differs)));
  const apart = all.filter((column) => !common.includes(column));
  const above =
    common.length === 0
      ? null
      : common.map(({ name, cells }) => `${style.strong(`${name}:`)} ${cells[0]}`).join(" · ");
  if (longCells === "whole") return { above, table: drawWhole(apart, width, style), below: null };
  const columns = withIdsThatFit(apart, width);
  const needs = columns.map((column) => needOf(column, longCells === "wrap"));
  const total = needs.reduce((sum, { natural }) => sum + natural + GAP, -GAP);
  const isWhole = total <= width;
  if (!isWhole && width < TABLE_WIDTH) return null;
  const widths = isWhole ? needs.map(({ natural }) => natural) : fitColumns(needs, width);
  const unfit = columns.filter((_column, index) => widths[index] === null).map(({ name }) => name);
  const left = [...unfit, ...leftOut];
  return {
    above,
    table: draw(columns, widths, longCells === "wrap", style),
    below: left.length === 0 ? null : style.faint(`not shown: ${named(left)} (${shownBy} shows all columns)`),
  };
}

function needOf(column: FilledColumn, wraps: boolean): ColumnNeed {
  const { name, cells, isKey = false, isIndivisible = false, rank = 0, least = READABLE } = column;
  const natural = widest([name, ...cells], widthOf);
  const readable = Math.max(widthOf(name), wraps ? widest(cells, longestPart) : 0, least);
  return { natural, least: isIndivisible ? natural : Math.min(natural, readable), isKey, rank };
}

/** Returns the largest width. Does not pass all cells to one call of `Math.max`, because there may be too many. */
function widest(cells: readonly string[], measure: (cell: string) => number): number {
  return cells.reduce((most, cell) => Math.max(most, measure(cell)), 0);
}

function fill(
  column: TableColumn,
  { rows, longCells }: TableBlock,
  { index, width }: { readonly index: number; readonly width: number },
): FilledColumn {
  const texts = rows.map((row) => withoutFractions(row[index] ?? ""));
  if (longCells === "whole") return { ...column, cells: texts };
  // The library truncates wide characters one by one, which takes too long for a cell of many thousands.
  const most = width * MOST_CHARACTERS;
  const isCut = (cell: string) => longCells === "cut" && cell.length > most;
  return { ...column, cells: texts.map((cell) => (isCut(cell) ? `${cell.slice(0, most)}…` : cell)) };
}

/** Returns whether the value of a column can be shown once above the table. */
function isCommon(column: FilledColumn): boolean {
  const { cells, isKey } = column;
  return isKey !== true && cells.length > 1 && !differs(column) && widthOf(cells[0] ?? "") <= LONGEST_COMMON;
}

function differs({ cells }: FilledColumn): boolean {
  return cells.some((cell) => cell !== cells[0]);
}

/** Draws the columns that have a width, without borders and trailing spaces. */
function draw(
  columns: readonly FilledColumn[],
  widths: readonly (number | null)[],
  wraps: boolean,
  style: Style,
): string {
  const shown = columns.flatMap((column, index) => {
    const width = widths[index] ?? null;
    return width === null ? [] : [{ ...column, width }];
  });
  const table = new Table({
    head: shown.map(({ name }) => style.strong(name)),
    chars: { ...NO_BORDERS, middle: " ".repeat(GAP) },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
    colWidths: shown.map(({ width }) => width),
    colAligns: shown.map(({ isNumber }) => (isNumber === true ? "right" : "left")),
  });
  const rowCount = columns[0]?.cells.length ?? 0;
  for (let row = 0; row < rowCount; row += 1) {
    table.push(
      shown.map(({ cells, width }) => {
        const cell = cells[row] ?? "";
        return wraps ? wrapCell(cell, width) : cell;
      }),
    );
  }
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

const NO_BORDERS = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
};

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(", ")} and ${more} more` : names.join(", ");
}
