import { type Answer, ok } from "../answer.ts";
import { queryAggregates } from "../conversations/aggregate-query.ts";
import { longestDays } from "../conversations/detail-query.ts";
import { intervalIn } from "../conversations/interval.ts";
import { candidates } from "../conversations/search.ts";
import { isRefusal, MALFORMED_BODY } from "../refusal.ts";
import { bodyOf } from "./conversation-details.ts";
import { type Exchange, type Handler, refuse, visibleDivisions } from "./exchange.ts";

/** Analytics operations that add up the organization's conversations. */
export const ANALYTICS_ANSWERS: Readonly<Record<string, Handler>> = {
  "POST /api/v2/analytics/conversations/aggregates/query": aggregates,
};

function aggregates(exchange: Exchange): Answer {
  const { world, match } = exchange;
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  const interval = intervalIn(body, longestDays(body));
  if (isRefusal(interval)) return refuse(exchange, interval);
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
  const result = queryAggregates(
    function* () {
      for (const { dayMs, index } of candidates(archive, wanted)) yield archive.read(dayMs, index, asOfMs);
    },
    interval,
    body,
  );
  return isRefusal(result) ? refuse(exchange, result) : ok(result);
}
