/** A view counts the values of a timer that are within its limits. */
export interface MetricView {
  readonly name: string;
  readonly target: string;
  readonly gte: number;
  readonly lt: number;
}

/** The totals of one metric. */
export interface Statistics {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** The sums for one group in one bucket. */
export interface BucketSums {
  add(name: string, value: number): void;
  readonly metrics: ReadonlyMap<string, Statistics>;
  readonly views: ReadonlyMap<string, number>;
  /** Numbers of offered interactions and of those answered in time; null when not requested. */
  readonly serviceLevel: { offered: number; answered: number } | null;
}

const SERVICE_LEVEL_TARGET = 0.8;
const SERVICE_LEVEL_MS = 20_000;

/** Creates empty sums for the requested metrics and views. All others are ignored. */
export function createBucketSums(wanted: ReadonlySet<string>, views: readonly MetricView[]): BucketSums {
  const metrics = new Map<string, Statistics>();
  const counts = new Map<string, number>();
  const serviceLevel = wanted.has("oServiceLevel") ? { offered: 0, answered: 0 } : null;
  return {
    metrics,
    views: counts,
    serviceLevel,
    add(name, value) {
      if (serviceLevel !== null && name === "nOffered") serviceLevel.offered += 1;
      if (serviceLevel !== null && name === "tAnswered" && value <= SERVICE_LEVEL_MS) {
        serviceLevel.answered += 1;
      }
      for (const view of views) {
        if (view.target !== name || value < view.gte || value >= view.lt) continue;
        counts.set(view.name, (counts.get(view.name) ?? 0) + 1);
      }
      if (!wanted.has(name)) return;
      metrics.set(name, addValue(metrics.get(name) ?? null, value));
    },
  };
}

/** Returns the statistics with one more value. `known` is null for the first value. */
export function addValue(known: Statistics | null, value: number): Statistics {
  return {
    count: (known?.count ?? 0) + 1,
    sum: (known?.sum ?? 0) + value,
    min: Math.min(known?.min ?? value, value),
    max: Math.max(known?.max ?? value, value),
  };
}

/**
 * Returns the metrics and views of a data point, with a sum in milliseconds for timers and a count for counters; null
 * when there are none.
 */
export function describeBucketSums(sums: BucketSums | undefined): object | null {
  if (sums === undefined) return null;
  const metrics: object[] = [...sums.metrics].map(([metric, { count, sum, min, max }]) => ({
    metric,
    stats: metric.startsWith("t") ? { count, max, min, sum } : { count },
  }));
  const { serviceLevel } = sums;
  if (serviceLevel !== null && serviceLevel.offered > 0) {
    const { offered, answered } = serviceLevel;
    metrics.push({
      metric: "oServiceLevel",
      stats: {
        denominator: offered,
        numerator: answered,
        ratio: answered / offered,
        target: SERVICE_LEVEL_TARGET,
      },
    });
  }
  const views = [...sums.views].map(([name, count]) => ({ name, stats: { count } }));
  if (metrics.length + views.length === 0) return null;
  return { metrics, ...(views.length === 0 ? {} : { views }) };
}
