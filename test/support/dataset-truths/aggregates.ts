import type { JsonRecord } from "../../../src/core/json.ts";
import { topicsOf } from "../../../src/sandbox/recordings/topic.ts";
import { transcriptsOf } from "../../../src/sandbox/recordings/transcript.ts";
import { type Period, periodsOf } from "../../../src/sandbox/users/periods.ts";
import { ofDays, SPANS } from "./days.ts";
import type { TableTruth } from "./measure.ts";
import { type DatasetTruth, SEED } from "./sandbox-truth.ts";

/** Metrics that an export of conversation aggregates contains by default. */
const CONVERSATION_METRICS = ["nOffered", "nConnected", "tHandle", "tTalk", "tAcw", "tAnswered", "tAbandon"];
const MEASURED: TableTruth = {
  lists: ["data", "metrics"],
  fields: {
    metric: "text",
    qualifier: "text",
    "stats.count": ["number", "count"],
    "stats.sum": ["number", "sum"],
  },
};

/** One value of a metric, which an aggregate counts, sums up, or both. */
interface Value {
  readonly group: string;
  readonly metric: string;
  readonly qualifier?: string;
  /** The value to sum up; null for a metric that is only counted. */
  readonly sum: number | null;
  /** Whether the platform counts the values of the metric. */
  readonly isCounted: boolean;
}

/** Datasets that contain sums per day and group. */
export const AGGREGATE_TRUTHS = {
  "conversations aggregates": ofDays(
    ({ all }) =>
      SPANS.flatMap(({ startMs, endMs }) =>
        sumsOf(
          all.flatMap(({ participants }) =>
            participants
              .flatMap(({ sessions }) => sessions)
              .flatMap(({ mediaType, metrics }) =>
                metrics
                  .filter(({ emitDate }) => Date.parse(emitDate) >= startMs && Date.parse(emitDate) < endMs)
                  .filter(({ name }) => CONVERSATION_METRICS.includes(name))
                  .map(({ name, value }) => ({
                    group: mediaType,
                    metric: name,
                    sum: name.startsWith("t") ? value : null,
                    isCounted: true,
                  })),
              ),
          ),
        ),
      ),
    null,
    { conversations_aggregates: MEASURED },
  ),
  "users aggregates": ofDays(
    ({ roster }) =>
      SPANS.flatMap((span) =>
        roster.agents.flatMap(({ id }, index) => {
          const { presence, routing } = periodsOf(SEED, index, span);
          const valuesOf = (metric: string, periods: readonly Period[]) =>
            periods.map(({ startMs, endMs, state }) => ({
              group: id,
              metric,
              qualifier: state,
              sum: Math.min(endMs, span.endMs) - Math.max(startMs, span.startMs),
              isCounted: false,
            }));
          return sumsOf([
            ...valuesOf("tSystemPresence", presence),
            ...valuesOf("tAgentRoutingStatus", routing),
          ]);
        }),
      ),
    null,
    { users_aggregates: MEASURED },
  ),
  "transcripts aggregates": ofDays(
    ({ roster, conversations }) =>
      sumsOf(
        conversations
          .filter((each) => transcriptsOf(each).length > 0)
          .flatMap((each) => [
            {
              group: each.conversationId,
              metric: "nSpeechTextAnalyzedConversations",
              sum: null,
              isCounted: true,
            },
            ...topicsOf(roster, each).map(({ conversationId, topicId }) => ({
              group: `${conversationId} ${topicId}`,
              metric: "nTopicCommunications",
              sum: null,
              isCounted: true,
            })),
          ]),
      ),
    null,
    { transcripts_aggregates: MEASURED },
    ["--group-by", "conversationId,topicId"],
  ),
} satisfies Readonly<Record<string, DatasetTruth>>;

/** Sums up the values by group, metric and qualifier. The result has a single interval. */
function sumsOf(values: readonly Value[]): readonly JsonRecord[] {
  const sums = new Map<
    string,
    { metric: string; qualifier?: string; stats: { count?: number; sum?: number } }
  >();
  for (const { group, metric, qualifier, sum, isCounted } of values) {
    const key = `${group} ${metric} ${qualifier}`;
    const found = sums.get(key) ?? { metric, ...(qualifier === undefined ? {} : { qualifier }), stats: {} };
    sums.set(key, found);
    if (isCounted) found.stats.count = (found.stats.count ?? 0) + 1;
    if (sum !== null) found.stats.sum = (found.stats.sum ?? 0) + sum;
  }
  return [{ data: [{ metrics: [...sums.values()] }] }];
}
