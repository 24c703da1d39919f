import { asNumber, asRecord, asString, asStrings, type JsonRecord } from "../../../core/json.ts";
import { invalidValue, type Refusal, refusal } from "../../refusal.ts";
import type { Statistics } from "./bucket-sums.ts";
import { AGGREGATE_NAMES } from "./declared-names.ts";

const FUNCTIONS: Readonly<Record<string, (values: Statistics) => number>> = {
  average: ({ count, sum }) => sum / count,
  count: ({ count }) => count,
  max: ({ max }) => max,
  min: ({ min }) => min,
  sum: ({ sum }) => sum,
};

/** Metrics that the definition does not allow as `sortMetric`, because they are ratios of other metrics. */
const UNSORTABLE: ReadonlySet<string> = new Set(["oServiceLevel", "oCallbackServiceLevel"]);

/** The effect of `topN` or `bottomN`, which decides the groups that a response contains and their order. */
export interface Ranking {
  readonly metric: string;
  /** Sorts the groups and returns the first ones. Omits a group without a value for the metric. */
  choose<Group extends { readonly ranked: Statistics | null }>(groups: readonly Group[]): readonly Group[];
}

/**
 * Parses `queryType`, `sortMetric` and `limit`. Returns null for the default `groupBy`, because it returns every group
 * and ignores `sortMetric` and `limit`. Two defaults are not published. Without `sortMetric`, the sandbox ranks by the
 * first requested metric. Without `limit`, it keeps every ranked group.
 */
export function rankingIn(body: JsonRecord): Ranking | null | Refusal {
  const { queryType, sortMetric, limit = Number.MAX_SAFE_INTEGER } = body;
  const sort = asRecord(sortMetric ?? { name: asStrings(body["metrics"])[0], function: "count" });
  const metric = asString(sort["name"]) ?? "";
  const name = asString(sort["function"]) ?? "";
  const calculate = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  const most = asNumber(limit) ?? 0;
  const isRanked = queryType === "topN" || queryType === "bottomN";
  if (!Number.isInteger(most) || most < 1) return invalidValue(String(limit), "limit");
  if (!isRanked && sortMetric === undefined) return null;
  if (!AGGREGATE_NAMES.metrics.has(metric) || UNSORTABLE.has(metric)) return invalidValue(metric, "name");
  if (calculate === undefined) return invalidValue(name, "function");
  if (!isRanked) return null;
  if (new Set(asStrings(body["groupBy"])).size !== 1) {
    const message = `A ${queryType} query groups by exactly one dimension`;
    return refusal(400, "bad.request", "{message}", { message });
  }
  const direction = queryType === "topN" ? -1 : 1;
  return {
    metric,
    choose: (groups) =>
      groups
        .flatMap((group) => (group.ranked === null ? [] : [{ group, value: calculate(group.ranked) }]))
        .sort((left, right) => direction * (left.value - right.value))
        .slice(0, most)
        .map(({ group }) => group),
  };
}
