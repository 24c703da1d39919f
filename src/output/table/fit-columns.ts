/** The widths of a column: the width of its longest cell, and the narrowest readable width. */
export interface ColumnNeed {
  readonly natural: number;
  readonly least: number;
  readonly isKey: boolean;
  readonly rank: number;
}

/** Number of spaces between two columns. */
export const GAP = 2;
/** Minimum number of columns of a table. Rather than omit more of them, genscope shortens cells. */
const FEWEST_COLUMNS = 2;
const NARROWEST_COLUMN = 4;

/**
 * Chooses the columns that fit into `width` and their widths. Omits columns until the rest have their minimum width,
 * then gives the free space to columns that can use it: keys first, and narrow columns before wide ones.
 * @returns the width of each column, null for an omitted column
 */
export function fitColumns(needs: readonly ColumnNeed[], width: number): readonly (number | null)[] {
  const kept = new Set(needs.keys());
  const widthOfAll = (of: (index: number) => number) =>
    [...kept].reduce((sum, index) => sum + of(index), GAP * (kept.size - 1));
  const leastOf = (index: number) => needs[index]?.least ?? 0;
  while (kept.size > FEWEST_COLUMNS && widthOfAll(leastOf) > width) {
    const next = leastImportant(needs, kept);
    if (next === null) break;
    kept.delete(next);
  }
  const widths = needs.map(({ least }, index) => (kept.has(index) ? least : null));
  const isWidest = (index: number) => (widths[index] ?? 0) > NARROWEST_COLUMN;
  let free = width - widthOfAll(leastOf);
  for (; free < 0; free += 1) {
    const widest = highestBy([...kept].filter(isWidest), (index) => widths[index] ?? 0);
    if (widest === null) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  for (; free > 0; free -= 1) {
    const growing = [...kept].filter((index) => (widths[index] ?? 0) < (needs[index]?.natural ?? 0));
    const keys = growing.filter((index) => needs[index]?.isKey === true);
    const narrowest = highestBy(keys.length > 0 ? keys : growing, (index) => -(widths[index] ?? 0));
    if (narrowest === null) break;
    widths[narrowest] = (widths[narrowest] ?? 0) + 1;
  }
  return widths;
}

/** Returns the column to omit next: the rightmost one of the highest rank; null when only key columns are left. */
function leastImportant(needs: readonly ColumnNeed[], kept: ReadonlySet<number>): number | null {
  const candidates = [...kept].filter((index) => needs[index]?.isKey === false).toReversed();
  return highestBy(candidates, (index) => needs[index]?.rank ?? 0);
}

/** Returns the first item with the highest value; null for an empty list. */
function highestBy(items: readonly number[], measure: (item: number) => number): number | null {
  let best: number | null = null;
  for (const item of items) {
    if (best === null || measure(item) > measure(best)) best = item;
  }
  return best;
}
