import { asRecord, asStrings, type JsonRecord } from "../../../core/json.ts";
import { type Answer, ok } from "../../answer.ts";
import type { Conversation } from "../../conversations/record/conversation.ts";
import { bucketAt, bucketsIn, intervalText } from "../../conversations/search/buckets.ts";
import { checkFields, USER_AGGREGATE_FIELDS } from "../../conversations/search/declared-fields.ts";
import { longestDays, refusingUnknown } from "../../conversations/search/detail-query.ts";
import { intervalIn, type SearchInterval } from "../../conversations/search/interval.ts";
import { compile, type FilterReader } from "../../conversations/search/predicate.ts";
import { badRequest, bodyOf, type Exchange, type Handler, refuse } from "../../exchange.ts";
import { topicsOf } from "../../recordings/topic.ts";
import { transcriptsOf } from "../../recordings/transcript.ts";
import { isRefusal, MALFORMED_BODY, type Refusal, refusal } from "../../refusal.ts";
import { visibleConversations } from "../../visible-aggregates.ts";

/** Operations on transcript topics. */
export const TRANSCRIPT_ANALYTICS_ANSWERS: Readonly<Record<string, Handler>> = {
  "POST /api/v2/analytics/transcripts/aggregates/query": aggregates,
};

/** An event that adds 1 to a metric: an analyzed conversation, or a topic detected in a communication. */
interface Event {
  readonly metric: "nSpeechTextAnalyzedConversations" | "nTopicCommunications";
  readonly conversationId: string;
  readonly topicId: string | null;
}

const METRICS: ReadonlySet<string> = new Set(["nSpeechTextAnalyzedConversations", "nTopicCommunications"]);
const DIMENSIONS = ["conversationId", "topicId"] as const;
const NAMES: ReadonlySet<string> = new Set(DIMENSIONS);

const OF_EVENT: FilterReader<Event> = {
  names: { dimensions: NAMES, metrics: new Set() },
  values: (event, dimension) =>
    DIMENSIONS.filter((name) => name === dimension).flatMap((name) => event[name] ?? []),
  numbers: () => [],
};

/**
 * Answers a `TranscriptAggregationQuery`, grouped by conversation and topic. An event counts at the start of its
 * conversation.
 */
function aggregates(exchange: Exchange): Answer {
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  const refused = checkFields(body, USER_AGGREGATE_FIELDS) ?? checkNames(body);
  if (refused !== null) return refuse(exchange, refused);
  if (asStrings(body["metrics"]).length === 0) return badRequest(exchange, "metrics is required");
  const interval = intervalIn(body, longestDays(body));
  if (isRefusal(interval)) return refuse(exchange, interval);
  const results = query(exchange, interval, body);
  if (isRefusal(results)) return refuse(exchange, results);
  return ok(results.length === 0 ? {} : { results });
}

function checkNames(body: JsonRecord): Refusal | null {
  const unknown = [
    ...asStrings(body["metrics"]).filter((name) => !METRICS.has(name)),
    ...asStrings(body["groupBy"]).filter((name) => !NAMES.has(name)),
  ].at(0);
  if (unknown === undefined) return null;
  return refusal(400, "invalid.property", "Invalid property [{property}]", { property: unknown });
}

/** The counts of one group, by bucket and metric. */
interface Counted {
  readonly group: object;
  readonly counts: Map<number, Map<string, number>>;
}

function query(exchange: Exchange, interval: SearchInterval, body: JsonRecord): readonly object[] | Refusal {
  const buckets = bucketsIn(body, interval, exchange.world.settings.mostBuckets);
  if (isRefusal(buckets)) return buckets;
  const passes = refusingUnknown(() => compile(asRecord(body["filter"]), OF_EVENT));
  if (typeof passes !== "function") return passes;
  const metrics = new Set(asStrings(body["metrics"]));
  const wanted = new Set(asStrings(body["groupBy"]));
  const groups = new Map<string, Counted>();
  for (const conversation of visibleConversations(exchange, interval, body)) {
    const bucket = bucketAt(buckets, Date.parse(conversation.conversationStart));
    if (bucket === -1) continue;
    for (const event of eventsOf(exchange, conversation)) {
      if (metrics.has(event.metric) && passes(event)) count(groups, groupOf(event, wanted), bucket, event);
    }
  }
  return [...groups.values()].map(({ group, counts }) => ({
    group,
    data: [...counts].map(([bucket, inBucket]) => ({
      interval: intervalText(buckets[bucket] ?? interval),
      metrics: [...inBucket].map(([metric, count]) => ({ metric, stats: { count } })),
    })),
  }));
}

function groupOf(event: Event, wanted: ReadonlySet<string>): object {
  const names = DIMENSIONS.filter((name) => wanted.has(name) && event[name] !== null);
  return Object.fromEntries(names.map((name) => [name, event[name]]));
}

function count(groups: Map<string, Counted>, group: object, bucket: number, { metric }: Event): void {
  const key = JSON.stringify(group);
  const counted = groups.get(key) ?? { group, counts: new Map<number, Map<string, number>>() };
  groups.set(key, counted);
  const inBucket = counted.counts.get(bucket) ?? new Map<string, number>();
  counted.counts.set(bucket, inBucket.set(metric, (inBucket.get(metric) ?? 0) + 1));
}

function eventsOf({ world }: Exchange, conversation: Conversation): readonly Event[] {
  const { conversationId } = conversation;
  if (transcriptsOf(conversation).length === 0) return [];
  return [
    { metric: "nSpeechTextAnalyzedConversations", conversationId, topicId: null },
    ...topicsOf(world.roster, conversation).map(
      ({ topicId }): Event => ({ metric: "nTopicCommunications", conversationId, topicId }),
    ),
  ];
}
