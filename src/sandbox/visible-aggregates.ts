import type { JsonRecord } from "../core/json.ts";
import type { Conversation } from "./conversations/record/conversation.ts";
import { queryAggregates } from "./conversations/search/aggregate-query.ts";
import type { SearchInterval } from "./conversations/search/interval.ts";
import { candidates } from "./conversations/search/search.ts";
import { type Exchange, visibleDivisions } from "./exchange.ts";
import type { Refusal } from "./refusal.ts";

/** Returns one result per group of the caller's conversations. */
export function aggregatesOf(
  exchange: Exchange,
  interval: SearchInterval,
  body: JsonRecord,
): readonly object[] | Refusal {
  return queryAggregates(
    () => visibleConversations(exchange, interval, body),
    interval,
    body,
    exchange.world.settings.mostBuckets,
  );
}

/** Yields the conversations of an interval that the caller may see with the operation's permission. */
export function* visibleConversations(
  exchange: Exchange,
  interval: SearchInterval,
  body: JsonRecord,
): Generator<Conversation> {
  const { world, match } = exchange;
  const archive = world.archive();
  const asOfMs = world.dataTimeMs;
  const wanted = {
    interval,
    body,
    isByStartDay: false,
    divisions: visibleDivisions(exchange, match.operation.permissions),
    asOfMs,
    latestStartMs: Number.POSITIVE_INFINITY,
  };
  for (const { dayMs, index } of candidates(archive, wanted)) yield archive.read(dayMs, index, asOfMs);
}
