import { asArray, asNumber, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import { appendAll } from "../../core/lists/append-all.ts";

/** Parts of aggregates that can't be joined without a wrong number. */
export class UnjoinableAggregates extends Error {}

/** Statistics whose total is the sum over the parts. */
const ADDED = new Set(["count", "countNegative", "countPositive", "sum", "numerator", "denominator"]);
/** Metrics that count an object once even if several parts contain it, or that are a configured value. */
const UNJOINABLE =
  /^nDistinct|^(?:nConversations|nSpeechTextAnalyzedConversations|nTopicCommunications|oServiceTarget)$/;

/** Joins the results of parts with a granularity: every bucket is in one part, so the lists follow each other. */
export function concatenateBuckets(parts: readonly (readonly unknown[])[]): readonly JsonRecord[] {
  return groupsOf(parts).map(({ group, points }) => ({ group, data: points }));
}

/**
 * Joins the results of parts without a granularity: one data point per group, for the whole interval.
 * @param interval text of the whole interval
 * @param isUsers whether the metrics measure states of users, whose periods are cut off at the ends of a part
 * @throws UnjoinableAggregates for a metric or statistic whose total does not follow from the parts
 */
export function addBuckets(
  parts: readonly (readonly unknown[])[],
  interval: string,
  isUsers: boolean,
): readonly JsonRecord[] {
  return groupsOf(parts).map(({ group, points }) => {
    const metrics = joinNamed(points, "metrics", isUsers);
    const views = joinNamed(points, "views", isUsers);
    return { group, data: [{ interval, metrics, ...(views.length > 0 && { views }) }] };
  });
}

function groupsOf(parts: readonly (readonly unknown[])[]): readonly {
  readonly group: JsonRecord;
  readonly points: JsonRecord[];
}[] {
  const groups = new Map<string, { readonly group: JsonRecord; readonly points: JsonRecord[] }>();
  for (const result of parts.flat().map(asRecord)) {
    const group = asRecord(result["group"]);
    const key = JSON.stringify(Object.entries(group).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const entry = groups.get(key) ?? { group, points: [] };
    groups.set(key, entry);
    appendAll(entry.points, asArray(result["data"]).map(asRecord));
  }
  return [...groups.values()];
}

function joinNamed(points: readonly JsonRecord[], field: string, isUsers: boolean): readonly JsonRecord[] {
  const joined = new Map<string, JsonRecord>();
  for (const entry of points.flatMap((point) => asArray(point[field]).map(asRecord))) {
    const { stats: _stats, ...name } = entry;
    const key = JSON.stringify(name);
    const before = joined.get(key);
    joined.set(key, before === undefined ? entry : { ...entry, stats: addStats(before, entry, isUsers) });
  }
  return [...joined.values()];
}

function addStats(one: JsonRecord, other: JsonRecord, isUsers: boolean): JsonRecord {
  const metric = asString(one["metric"]) ?? asString(one["name"]) ?? "";
  if (UNJOINABLE.test(metric)) {
    throw new UnjoinableAggregates(`\`${metric}\` may count the same object in both parts`);
  }
  const [left, right] = [asRecord(one["stats"]), asRecord(other["stats"])];
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  const added = new Map(names.map((name) => [name, addStatistic(name, left[name], right[name], isUsers)]));
  const [numerator, denominator] = [added.get("numerator"), added.get("denominator")];
  if (added.has("ratio") && typeof numerator === "number" && typeof denominator === "number") {
    added.set("ratio", denominator === 0 ? null : numerator / denominator);
  }
  const lost = names.find((name) => (added.get(name) ?? null) === null);
  if (lost !== undefined) {
    throw new UnjoinableAggregates(`\`${lost}\` of \`${metric}\` cannot be calculated from its parts`);
  }
  return Object.fromEntries(added);
}

/** Returns a statistic of both parts together; null when it cannot be calculated from the two. */
function addStatistic(name: string, one: unknown, other: unknown, isUsers: boolean): number | null {
  const values = [asNumber(one), asNumber(other)].filter((value) => value !== null);
  if (ADDED.has(name) && (!isUsers || name === "sum")) return values.reduce((sum, value) => sum + value, 0);
  if (name === "min" && !isUsers) return Math.min(...values);
  if (name === "max" && !isUsers) return Math.max(...values);
  return name === "target" && one === other ? asNumber(one) : null;
}
