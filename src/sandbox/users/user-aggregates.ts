import { asStrings, type JsonRecord } from "../../core/json.ts";
import { ownValue } from "../../core/own-value.ts";
import { bucketsIn, intervalText } from "../conversations/search/buckets.ts";
import type { SearchInterval } from "../conversations/search/interval.ts";
import { isRefusal, type Refusal, refusal } from "../refusal.ts";
import type { Period } from "./periods.ts";
import type { FoundUser } from "./user-search.ts";

/** The periods that each metric sums up. */
const SOURCES: Readonly<Record<string, (user: FoundUser) => readonly Period[]>> = {
  tSystemPresence: ({ periods }) => periods.presence,
  tOrganizationPresence: ({ periods }) => periods.presence,
  tAgentRoutingStatus: ({ periods }) => periods.routing,
};

/**
 * Answers a `UserAggregationQuery` with the milliseconds per state. The state is the qualifier, and groups are always
 * by user. The data ends at `asOfMs`.
 */
export function queryUserAggregates(
  users: readonly FoundUser[],
  interval: SearchInterval,
  body: JsonRecord,
  { asOfMs, mostBuckets }: { readonly asOfMs: number; readonly mostBuckets: number },
): object | Refusal {
  const metrics = asStrings(body["metrics"]);
  if (metrics.length === 0) {
    return refusal(400, "bad.request", "{message}", { message: "metrics is required" });
  }
  const unknown = [
    ...metrics.filter((name) => !Object.hasOwn(SOURCES, name)),
    ...asStrings(body["groupBy"]).filter((name) => name !== "userId"),
  ].at(0);
  if (unknown !== undefined) {
    return refusal(400, "invalid.property", "Invalid property [{property}]", { property: unknown });
  }
  const buckets = bucketsIn(body, interval, mostBuckets);
  if (isRefusal(buckets)) return buckets;
  const results = users.map((user) => ({
    group: { userId: user.userId },
    data: buckets.flatMap((bucket) => {
      const measured = metrics.flatMap((metric) => measure(metric, user, bucket, asOfMs));
      return measured.length === 0 ? [] : [{ interval: intervalText(bucket), metrics: measured }];
    }),
  }));
  return {
    ...(results.length === 0 ? {} : { results }),
    systemToOrganizationMappings: { AVAILABLE: ["available"], ON_QUEUE: ["on_queue"], OFFLINE: ["offline"] },
  };
}

function measure(metric: string, user: FoundUser, bucket: SearchInterval, asOfMs: number): readonly object[] {
  const sums = new Map<string, number>();
  for (const { startMs, endMs, state } of ownValue(SOURCES, metric)?.(user) ?? []) {
    const spentMs = Math.min(endMs, bucket.endMs, asOfMs) - Math.max(startMs, bucket.startMs);
    if (spentMs > 0) sums.set(state, (sums.get(state) ?? 0) + spentMs);
  }
  return [...sums].map(([state, sum]) => ({
    metric,
    qualifier: metric === "tOrganizationPresence" ? state.toLowerCase() : state,
    stats: { sum },
  }));
}
