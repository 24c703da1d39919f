import type { Style } from "../style.ts";
import { GAP } from "./fit-columns.ts";
import type { TableColumn } from "./table-block.ts";
import { widthOf } from "./table-cells.ts";

/**
 * Maximum cell length in a column that stays in place. A column with longer cells goes last, so that its padding does
 * not push the short columns apart.
 */
const LONGEST_ASIDE = 60;

/**
 * Draws one line per row and truncates no cell, even if the line is longer than the terminal. Columns with long cells
 * go last, unless they are keys. Aligns cells up to `width`, the number of columns on the terminal.
 */
export function drawWhole(
  columns: readonly (TableColumn & { readonly cells: readonly string[] })[],
  width: number,
  style: Style,
): string {
  const measured = columns.map((column) => {
    const cells = column.cells.map((cell) => cell.replace(/\s*[\t\n]\s*/g, " "));
    const natural = [column.name, ...cells].reduce((most, cell) => Math.max(most, widthOf(cell)), 0);
    return { ...column, cells, natural };
  });
  const isLast = ({ isKey, natural }: (typeof measured)[number]) => isKey !== true && natural > LONGEST_ASIDE;
  const ordered = [...measured.filter((column) => !isLast(column)), ...measured.filter(isLast)];
  const lineOf = (textOf: (column: (typeof measured)[number]) => string) =>
    ordered
      .map((column) => {
        const text = textOf(column);
        const blanks = " ".repeat(Math.max(0, Math.min(column.natural, width) - widthOf(text)));
        return column.isNumber === true ? blanks + text : text + blanks;
      })
      .join(" ".repeat(GAP))
      .trimEnd();
  const rows = measured[0]?.cells ?? [];
  return [
    lineOf(({ name }) => style.strong(name)),
    ...rows.map((_cell, row) => lineOf(({ cells }) => cells[row] ?? "")),
  ].join("\n");
}
