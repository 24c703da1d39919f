import { asArray, asNumber, asRecord, asString, asStrings, type JsonRecord } from "../../../core/json.ts";
import { isRefusal, type Refusal, refusal } from "../../refusal.ts";
import type { Conversation, Participant, Session } from "../record/conversation.ts";
import {
  addValue,
  type BucketSums,
  createBucketSums,
  describeBucketSums,
  type MetricView,
  type Statistics,
} from "./bucket-sums.ts";
import { bucketAt, bucketsIn, intervalText } from "./buckets.ts";
import { AGGREGATE_NAMES } from "./declared-names.ts";
import { refusingUnknown } from "./detail-query.ts";
import type { SearchInterval } from "./interval.ts";
import { compile, type FilterReader } from "./predicate.ts";
import { rankingIn } from "./ranking.ts";
import { valuesAt } from "./record-values.ts";

/** A session with its participant and conversation, because metrics are counted per session. */
interface SessionContext {
  readonly conversation: Conversation;
  readonly participant: Participant;
  readonly session: Session;
}

/**
 * Reads the dimensions of a session. The definition declares no filters on metrics here, because they would apply to
 * only parts of a conversation.
 */
const OF_SESSION: FilterReader<SessionContext> = {
  names: { dimensions: AGGREGATE_NAMES.dimensions, metrics: new Set() },
  values: ({ conversation, participant, session }, dimension) => {
    const found = valuesAt([session, asRecord(session["flow"]), participant, conversation], dimension);
    if (found.length > 0) return found;
    const segment = session.segments.find((each) => valuesAt([each], dimension).length > 0);
    return segment === undefined ? [] : valuesAt([segment], dimension);
  },
  numbers: () => [],
};

const MOST_VIEWS = 10;

interface ResultGroup {
  readonly group: Readonly<Record<string, string>>;
  readonly tallies: Map<number, BucketSums>;
  /** Statistics of the ranking metric over all buckets; null when it has no values, or when the query does not rank. */
  ranked: Statistics | null;
}

/**
 * Answers a `ConversationAggregationQuery`. Returns one result per group, or for a ranking, only the first groups. A
 * metric counts in the bucket in which it was emitted. Without a ranking, groups are always divided by media type.
 * Zeros are omitted.
 */
export function queryAggregates(
  visible: () => Iterable<Conversation>,
  interval: SearchInterval,
  body: JsonRecord,
  mostBuckets: number,
): readonly object[] | Refusal {
  const metrics = new Set(asStrings(body["metrics"]));
  if (metrics.size === 0) return refusal(400, "bad.request", "{message}", { message: "metrics is required" });
  const ranking = rankingIn(body);
  if (ranking !== null && isRefusal(ranking)) return ranking;
  // A ranking has only one dimension, so its groups are not divided by media type.
  const groupBy = [...new Set([...(ranking === null ? ["mediaType"] : []), ...asStrings(body["groupBy"])])];
  const unknown =
    groupBy.find((name) => !AGGREGATE_NAMES.dimensions.has(name)) ??
    [...metrics].find((name) => !AGGREGATE_NAMES.metrics.has(name));
  if (unknown !== undefined) {
    return refusal(400, "invalid.property", "Invalid property [{property}]", { property: unknown });
  }
  const buckets = bucketsIn(body, interval, mostBuckets);
  if (isRefusal(buckets)) return buckets;
  const passes = refusingUnknown(() => compile(asRecord(body["filter"]), OF_SESSION));
  if (typeof passes !== "function") return passes;
  const views = viewsIn(body);
  if (!Array.isArray(views)) return views as Refusal;

  const isJoined = body["flattenMultivaluedDimensions"] === true;
  const groups = new Map<string, ResultGroup>();
  for (const place of placesOf(visible())) {
    const counted = place.session.metrics.flatMap(({ name, value, emitDate }) => {
      const bucket = bucketAt(buckets, Date.parse(emitDate));
      return bucket === -1 ? [] : [{ name, value, bucket }];
    });
    if (counted.length === 0 || !passes(place)) continue;
    for (const group of groupsOf(place, groupBy, isJoined)) {
      const key = JSON.stringify(group);
      const entry = groups.get(key) ?? { group, tallies: new Map<number, BucketSums>(), ranked: null };
      groups.set(key, entry);
      for (const { name, value, bucket } of counted) {
        const sums = entry.tallies.get(bucket) ?? createBucketSums(metrics, views);
        entry.tallies.set(bucket, sums);
        sums.add(name, value);
        if (name === ranking?.metric) entry.ranked = addValue(entry.ranked, value);
      }
    }
  }
  const found = [...groups.values()];
  return (ranking?.choose(found) ?? found).flatMap(({ group, tallies }) => {
    const data = buckets.flatMap((bucket, index) => {
      const told = tallies.has(index) ? describeBucketSums(tallies.get(index)) : null;
      return told === null ? [] : [{ interval: intervalText(bucket), ...told }];
    });
    return data.length === 0 ? [] : [{ group, data }];
  });
}

function* placesOf(conversations: Iterable<Conversation>): Generator<SessionContext> {
  for (const conversation of conversations) {
    for (const participant of conversation.participants) {
      for (const session of participant.sessions) yield { conversation, participant, session };
    }
  }
}

/**
 * Returns the groups to which a session belongs. For a dimension with several values, these are one group per value, or
 * a single group if `isJoined` is true.
 */
function groupsOf(
  place: SessionContext,
  names: readonly string[],
  isJoined: boolean,
): readonly ResultGroup["group"][] {
  let groups: readonly ResultGroup["group"][] = [{}];
  for (const name of names) {
    const values = OF_SESSION.values(place, name);
    if (values.length === 0) continue;
    const told = isJoined ? [values.join(",")] : values;
    groups = groups.flatMap((group) => told.map((value) => ({ ...group, [name]: value })));
  }
  return groups;
}

/** Parses `views`. At most ten are allowed, and only on timers. Each counts the values within its limits. */
function viewsIn(body: JsonRecord): readonly MetricView[] | Refusal {
  const views = asArray(body["views"]).map((each) => {
    const { name, target, function: kind, range } = asRecord(each);
    return {
      name: asString(name) ?? "",
      target: asString(target) ?? "",
      kind,
      gte: asNumber(asRecord(range)["gte"]) ?? Number.NEGATIVE_INFINITY,
      lt: asNumber(asRecord(range)["lt"]) ?? Number.POSITIVE_INFINITY,
    };
  });
  const isFit = views.every(({ kind, target }) => kind === "rangeBound" && target.startsWith("t"));
  const hasOwnNames = new Set(views.map(({ name }) => name)).size === views.length;
  return isFit && hasOwnNames && views.length <= MOST_VIEWS
    ? views
    : refusal(400, "bad.request", "{message}", {
        message: `At most ${MOST_VIEWS} views of function rangeBound on timer metrics, each with its own name`,
      });
}
