import type { JsonRecord } from "../../core/json.ts";
import { type Answer, ok } from "../answer.ts";
import { queryAggregates } from "../conversations/search/aggregate-query.ts";
import { longestDays } from "../conversations/search/detail-query.ts";
import { intervalIn, type SearchInterval } from "../conversations/search/interval.ts";
import { candidates } from "../conversations/search/search.ts";
import { isRefusal, MALFORMED_BODY, type Refusal } from "../refusal.ts";
import { bodyOf } from "./conversation-details.ts";
import { type Exchange, type Handler, refuse, visibleDivisions } from "./exchange.ts";

/** Analytics operations that aggregate the organization's conversations. */
export const ANALYTICS_ANSWERS: Readonly<Record<string, Handler>> = {
  "POST /api/v2/analytics/conversations/aggregates/query": (exchange) => {
    const body = bodyOf(exchange);
    if (body === null) return refuse(exchange, MALFORMED_BODY);
    const interval = intervalIn(body, longestDays(body));
    if (isRefusal(interval)) return refuse(exchange, interval);
    return aggregates(exchange, aggregatesOf(exchange, interval, body));
  },
};

function aggregates(exchange: Exchange, results: readonly object[] | Refusal): Answer {
  if ("template" in results) return refuse(exchange, results);
  return ok(results.length === 0 ? {} : { results });
}

/** Returns one result per group of the caller's conversations. */
export function aggregatesOf(
  { world, match, ...exchange }: Exchange,
  interval: SearchInterval,
  body: JsonRecord,
): readonly object[] | Refusal {
  const archive = world.archive();
  const asOfMs = world.dataTimeMs;
  const wanted = {
    interval,
    body,
    isByStartDay: false,
    divisions: visibleDivisions({ world, match, ...exchange }, match.operation.permissions),
    asOfMs,
    latestStartMs: Number.POSITIVE_INFINITY,
  };
  return queryAggregates(
    function* () {
      for (const { dayMs, index } of candidates(archive, wanted)) yield archive.read(dayMs, index, asOfMs);
    },
    interval,
    body,
  );
}
