import type { Row } from "../table.ts";

/** The number that best represents a metric. Every metric has several numbers. */
export type Statistic = "average" | "sum" | "ratio" | "count" | "current" | "max";

/** Preferred statistics, best first. A timer is a sum over many conversations; other metrics are counts or shares. */
const TIMER: readonly Statistic[] = ["average", "sum", "max"];
const COUNTER: readonly Statistic[] = ["ratio", "count", "sum", "current", "max"];

/** Returns the index of a column by its name; negative when the table does not have it. */
export type Place = (name: string) => number;

/** Returns the statistic that best represents a metric; null when its rows contain no number. */
export function statisticOf(metric: string, rows: readonly Row[], place: Place): Statistic | null {
  const has = (statistic: Statistic) => rows.some((row) => statisticAt(row, statistic, place) !== null);
  return (isTimer(metric) ? TIMER : COUNTER).find(has) ?? null;
}

/** Returns a statistic of a row; null when it is empty. An average arrives as a sum and a count. */
export function statisticAt(row: Row, statistic: Statistic, place: Place): number | null {
  const numberAt = (name: string) => {
    const cell = row[place(name)];
    return typeof cell === "number" || typeof cell === "bigint" ? Number(cell) : null;
  };
  if (statistic !== "average") return numberAt(statistic);
  const [sum, count] = [numberAt("sum"), numberAt("count")];
  return sum === null || count === null || count <= 0 ? null : sum / count;
}

/** Returns whether a metric is a timer, in milliseconds. */
export function isTimer(metric: string): boolean {
  return /^t[A-Z]/.test(metric);
}
