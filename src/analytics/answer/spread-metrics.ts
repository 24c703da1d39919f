import type { Cell, Column, Row } from "../table.ts";
import type { AnswerTable } from "./answer-table.ts";
import { type Place, type Statistic, statisticAt, statisticOf } from "./statistics.ts";

/**
 * A number that is shown for each group: one statistic of a metric, for one qualifier if the metric has
 * qualifiers.
 */
export interface Measure {
  readonly metric: string;
  readonly qualifier: string | null;
  /** `began` is the time when something ongoing began, in epoch milliseconds. */
  readonly statistic: Statistic | "began";
  /** Whether the measure only supplements another one, such as the number of values behind an average. */
  readonly isSecondary: boolean;
}

/** The numbers of a result with one row per group and period, and one column per metric. */
export interface SpreadTable {
  readonly dimensions: readonly Column[];
  readonly measures: readonly Measure[];
  readonly rows: readonly SpreadRow[];
  /** The statistics that the table leaves out. */
  readonly leftOut: readonly string[];
}

/** One group in one period. */
export interface SpreadRow {
  readonly dimensions: readonly Cell[];
  /** Values in the order of the measures; null where the platform sent no number. */
  readonly values: readonly (number | null)[];
}

/** Column with the time when something ongoing began, such as the longest wait. */
const BEGAN = "calculatedMetricValue";

/**
 * Turns a table with one row per metric into one with one row per group and period.
 * @returns null when the new table would lose data or be no easier to read: for a single group, for a single
 * number per group, and for rows that a metric and its qualifier do not identify
 */
export function spreadMetrics(table: AnswerTable): SpreadTable | null {
  const place: Place = (name) => table.columns.findIndex((column) => column.name === name);
  const [metric, qualifier] = [place("metric"), place("qualifier")];
  if (metric < 0 || place("view") >= 0 || place("extra") >= 0) return null;
  const keyOf = (row: Row) => JSON.stringify([row[metric], row[qualifier] ?? null]);
  const rowsByKey = groupedBy(table.rows, keyOf);
  if (rowsByKey.size < 2) return null;
  const groups = groupedBy(table.rows, (row) => JSON.stringify(row.slice(0, metric)));
  const byGroup = [...groups.values()].map((rows) => ({
    dimensions: rows[0]?.slice(0, metric) ?? [],
    byKey: new Map(rows.map((row) => [keyOf(row), row])),
    isAmbiguous: new Set(rows.map(keyOf)).size < rows.length,
  }));
  if (byGroup.length < 2 || byGroup.some(({ isAmbiguous }) => isAmbiguous)) return null;
  const measured = [...rowsByKey].flatMap(([key, rows]) =>
    measuresOf(rows, { metric, qualifier }, place).map((measure) => ({ key, measure })),
  );
  const used = new Set<string>(measured.map(({ measure }) => measure.statistic));
  return {
    dimensions: table.columns.slice(0, metric),
    measures: measured.map(({ measure }) => measure),
    rows: byGroup.map(({ dimensions, byKey }) => ({
      dimensions,
      values: measured.map(({ key, measure }) => numberOf(byKey.get(key), measure, place)),
    })),
    leftOut: table.columns
      .slice(Math.max(metric, qualifier) + 1)
      .map(({ name }) => name)
      .filter((name) => !used.has(name) && name !== BEGAN),
  };
}

function measuresOf(
  rows: readonly Row[],
  at: { readonly metric: number; readonly qualifier: number },
  place: Place,
): readonly Measure[] {
  const metric = String(rows[0]?.[at.metric] ?? "");
  const qualifier = rows[0]?.[at.qualifier];
  const named = { metric, qualifier: typeof qualifier === "string" ? qualifier : null };
  const statistic = statisticOf(metric, rows, place) ?? "began";
  const main: Measure = { ...named, statistic, isSecondary: false };
  return statistic === "average" ? [main, { ...named, statistic: "count", isSecondary: true }] : [main];
}

function numberOf(row: Row | undefined, { statistic }: Measure, place: Place): number | null {
  if (row === undefined) return null;
  if (statistic !== "began") return statisticAt(row, statistic, place);
  const cell = row[place(BEGAN)];
  return cell === null || cell === undefined ? null : Number(cell);
}

/** Groups rows by a key, in order of appearance; `Map.groupBy` needs Node 21. */
function groupedBy(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
