import type { Cell, Row } from "../table.ts";
import type { AnswerTable } from "./answer-table.ts";
import { type BucketOptions, bucketsOf } from "./buckets.ts";
import { type Statistic, statisticAt, statisticOf } from "./statistics.ts";

/** One metric as bars: a bar per period of one group, or a bar per group. */
export interface Chart {
  readonly metric: string;
  readonly statistic: Statistic;
  /** Whether the bars are periods, in order; otherwise they are groups, largest first. */
  readonly isSeries: boolean;
  /** The group of a time series; null without groups, or when each group is a bar. */
  readonly group: string | null;
  /** The value of a full-length bar, the same for every chart of a metric. */
  readonly most: number;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly label: string;
  /** The number that the bar shows; null where the platform sent none. */
  readonly value: number | null;
}

/** A number of a row with its position in the chart. */
interface Point {
  readonly metric: string;
  readonly group: string;
  readonly startMs: number;
  readonly row: Row;
}

/** The metrics to chart, in order, and the requested periods; null without periods. */
export interface ChartQuestion {
  readonly metrics: readonly string[];
  readonly series: BucketOptions | null;
}

/**
 * Returns the charts of aggregates and observations, metric by metric. The groups have the same order in every
 * metric: the largest of the first metric come first. A metric without numbers has no chart. A single period is not a
 * series, so its groups are compared.
 */
export function chartsOf(table: AnswerTable, { metrics, series }: ChartQuestion): readonly Chart[] {
  const place = (name: string) => table.columns.findIndex((column) => column.name === name);
  const points = pointsOf(table, series !== null);
  const periods = series === null ? null : bucketsOf([...new Set(points.map((p) => p.startMs))], series);
  const buckets = periods !== null && periods.startsMs.length > 1 ? periods : null;
  const rankOf = ([metric]: readonly [string, unknown]) => metrics.indexOf(metric) + 1 || metrics.length + 1;
  const ordered = groupsOf(points, ({ metric }) => metric).toSorted((a, b) => rankOf(a) - rankOf(b));
  const ranks = new Map<string | null, number>();
  return ordered.flatMap(([metric, ofMetric]) => {
    const statistic = statisticOf(
      metric,
      ofMetric.map(({ row }) => row),
      place,
    );
    if (statistic === null) return [];
    const numberOf = ({ row }: Point) => statisticAt(row, statistic, place);
    const most = ofMetric.reduce((top, point) => Math.max(top, numberOf(point) ?? 0), 0);
    const isSeries = buckets !== null;
    const chart = { metric, statistic, isSeries, most: statistic === "ratio" && most <= 1 ? 1 : most };
    if (buckets === null) {
      const bars = ofMetric.map((point) => ({ label: point.group || "all", value: numberOf(point) }));
      return [{ ...chart, group: null, bars: bars.toSorted(byValue) }];
    }
    const charts = groupsOf(ofMetric, ({ group }) => group)
      .map(([group, ofGroup]) => {
        const values = new Map(ofGroup.map((point) => [point.startMs, numberOf(point)]));
        const bars = buckets.startsMs.map((startMs, index) => ({
          label: buckets.labels[index] ?? "",
          value: values.get(startMs) ?? null,
        }));
        return { ...chart, group: group === "" ? null : group, bars };
      })
      .toSorted((one, other) => totalOf(other.bars) - totalOf(one.bars));
    for (const { group } of charts) ranks.set(group, ranks.get(group) ?? ranks.size);
    return charts.toSorted((one, other) => (ranks.get(one.group) ?? 0) - (ranks.get(other.group) ?? 0));
  });
}

function pointsOf({ columns, rows }: AnswerTable, isSeries: boolean): readonly Point[] {
  const place = (name: string) => columns.findIndex((column) => column.name === name);
  const [start, metric, view, qualifier] = ["interval_start", "metric", "view", "qualifier"].map(place);
  const dimensions = [...columns.keys()].slice(
    0,
    Math.max(0, place(start === -1 ? "metric" : "interval_start")),
  );
  // A dimension with a single value does not distinguish bars.
  const differing = [...dimensions, qualifier ?? -1].filter(
    (index) => index >= 0 && rows.some((row) => row[index] !== rows[0]?.[index]),
  );
  return rows.flatMap((row) => {
    const name = row[metric ?? -1] ?? row[view ?? -1];
    const startMs = isSeries ? Date.parse(String(row[start ?? -1])) : 0;
    if (typeof name !== "string" || Number.isNaN(startMs)) return [];
    const group = differing.map((index) => textOf(row[index])).filter((text) => text !== "");
    return [{ metric: name, group: group.join(" · "), startMs, row }];
  });
}

/** Groups the points by a key, in order of appearance; `Map.groupBy` needs Node 21. */
function groupsOf(
  points: readonly Point[],
  keyOf: (point: Point) => string,
): readonly (readonly [string, readonly Point[]])[] {
  const groups = new Map<string, Point[]>();
  for (const point of points) {
    const key = keyOf(point);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [point]);
    else group.push(point);
  }
  return [...groups];
}

function textOf(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? "" : String(cell);
}

function byValue(one: Bar, other: Bar): number {
  return (other.value ?? Number.NEGATIVE_INFINITY) - (one.value ?? Number.NEGATIVE_INFINITY) || 0;
}

function totalOf(bars: readonly Bar[]): number {
  return bars.reduce((sum, { value }) => sum + Math.max(0, value ?? 0), 0);
}
