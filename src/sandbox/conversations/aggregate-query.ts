import { asStrings, type JsonRecord } from "../../core/json.ts";
import { type Refusal, refusal } from "../refusal.ts";
import type { Conversation, Session } from "./conversation.ts";
import type { Interval } from "./interval.ts";

/** How a session is put into a group; null where it has no such property. */
const GROUPINGS: Readonly<Record<string, (conversation: Conversation, session: Session) => string | null>> = {
  conversationId: (conversation) => conversation.conversationId,
  direction: (_, session) => session.direction,
  divisionId: (conversation) => conversation.divisionIds[0] ?? null,
  mediaType: (_, session) => session.mediaType,
  queueId: (_, session) => session.segments.find((segment) => segment.queueId !== undefined)?.queueId ?? null,
};

interface Statistics {
  count: number;
  sum: number;
  min: number;
  max: number;
}

/**
 * Answers a `ConversationAggregationQuery` over the whole interval: metrics are counted by the moment they were
 * emitted. Media type is always among the groups; what is zero is left out.
 */
export function queryAggregates(
  visible: () => Iterable<Conversation>,
  interval: Interval,
  body: JsonRecord,
): object | Refusal {
  const wanted = new Set(asStrings(body["metrics"]));
  if (wanted.size === 0) return refusal(400, "bad.request", "{message}", { message: "metrics is required" });
  const groupBy = [...new Set(["mediaType", ...asStrings(body["groupBy"])])];
  const unknown = groupBy.find((name) => !Object.hasOwn(GROUPINGS, name));
  if (unknown !== undefined)
    return refusal(400, "invalid.property", "Invalid property [{property}]", { property: unknown });

  const groups = new Map<string, { readonly group: object; readonly metrics: Map<string, Statistics> }>();
  for (const conversation of visible()) {
    for (const session of conversation.participants.flatMap((participant) => participant.sessions)) {
      const group = Object.fromEntries(
        groupBy.map((name) => [name, GROUPINGS[name]?.(conversation, session) ?? undefined]),
      );
      for (const { name, value, emitDate } of session.metrics) {
        const emittedMs = Date.parse(emitDate);
        if (!wanted.has(name) || emittedMs < interval.startMs || emittedMs >= interval.endMs) continue;
        const key = JSON.stringify(group);
        const entry = groups.get(key) ?? { group, metrics: new Map<string, Statistics>() };
        groups.set(key, entry);
        entry.metrics.set(name, including(entry.metrics.get(name), value));
      }
    }
  }
  const span = [interval.startMs, interval.endMs].map((epochMs) => new Date(epochMs).toISOString()).join("/");
  return {
    results: [...groups.values()].map(({ group, metrics }) => ({
      group,
      data: [
        { interval: span, metrics: [...metrics].map(([metric, statistics]) => describe(metric, statistics)) },
      ],
    })),
  };
}

function including(statistics: Statistics | undefined, value: number): Statistics {
  return {
    count: (statistics?.count ?? 0) + 1,
    sum: (statistics?.sum ?? 0) + value,
    min: Math.min(statistics?.min ?? value, value),
    max: Math.max(statistics?.max ?? value, value),
  };
}

/** Timers have sums in milliseconds; counters only a count. */
function describe(metric: string, { count, sum, min, max }: Statistics): object {
  return { metric, stats: metric.startsWith("t") ? { count, max, min, sum } : { count } };
}
