import { asArray, asNumber, asRecord, type JsonRecord } from "../../core/json.ts";
import { isTimer } from "./statistics.ts";

/** Fields of a request that make the platform rank groups itself. */
const RANKING = ["queryType", "sortMetric", "limit"];

/** Returns the metric to rank the groups of a response by; null when the request ranks them itself. */
export function rankingMetric(body: JsonRecord, metrics: readonly string[]): string | null {
  return RANKING.some((field) => field in body) ? null : (metrics[0] ?? null);
}

/**
 * Returns the groups of aggregates, largest first: by the average of a timer, and by the sum of any other
 * metric over all periods. Groups without the metric come last, and equal groups keep their order.
 */
export function rankGroups(records: readonly unknown[], metric: string): readonly unknown[] {
  return records
    .map((record) => ({ record, size: sizeOf(asRecord(record), metric) }))
    .toSorted((one, other) => other.size - one.size || 0)
    .map(({ record }) => record);
}

/** Returns a group whose metrics are in the order of the request in every period. */
export function withMetricsInOrder(record: JsonRecord, metrics: readonly string[]): JsonRecord {
  const rankOf = (item: unknown) => {
    const rank = metrics.indexOf(String(asRecord(item)["metric"]));
    return rank === -1 ? metrics.length : rank;
  };
  return {
    ...record,
    data: asArray(record["data"])
      .map(asRecord)
      .map((bucket) => ({
        ...bucket,
        ...(Array.isArray(bucket["metrics"]) && {
          metrics: bucket["metrics"].toSorted((one, other) => rankOf(one) - rankOf(other)),
        }),
      })),
  };
}

function sizeOf(record: JsonRecord, metric: string): number {
  const found = asArray(record["data"])
    .flatMap((bucket) => asArray(asRecord(bucket)["metrics"]))
    .map(asRecord)
    .filter((item) => item["metric"] === metric)
    .map((item) => asRecord(item["stats"]));
  if (found.length === 0) return Number.NEGATIVE_INFINITY;
  const total = (field: string) => found.reduce((sum, stats) => sum + (asNumber(stats[field]) ?? 0), 0);
  if (!isTimer(metric)) return total("count") || total("sum") || total("ratio") / found.length;
  const count = total("count");
  return count > 0 ? total("sum") / count : total("sum");
}
