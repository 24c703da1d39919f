import { type Answer, ok } from "../../answer.ts";
import { AGGREGATE_QUERY_FIELDS, checkFields } from "../../conversations/search/declared-fields.ts";
import { longestDays } from "../../conversations/search/detail-query.ts";
import { intervalIn } from "../../conversations/search/interval.ts";
import { bodyOf, type Exchange, type Handler, refuse } from "../../exchange.ts";
import { isRefusal, MALFORMED_BODY, type Refusal } from "../../refusal.ts";
import { aggregatesOf } from "../../visible-aggregates.ts";

/** Analytics operations that aggregate the organization's conversations. */
export const ANALYTICS_ANSWERS: Readonly<Record<string, Handler>> = {
  "POST /api/v2/analytics/conversations/aggregates/query": (exchange) => {
    const body = bodyOf(exchange);
    if (body === null) return refuse(exchange, MALFORMED_BODY);
    const refused = checkFields(body, AGGREGATE_QUERY_FIELDS);
    if (refused !== null) return refuse(exchange, refused);
    const interval = intervalIn(body, longestDays(body));
    if (isRefusal(interval)) return refuse(exchange, interval);
    return aggregates(exchange, aggregatesOf(exchange, interval, body));
  },
};

function aggregates(exchange: Exchange, results: readonly object[] | Refusal): Answer {
  if ("template" in results) return refuse(exchange, results);
  return ok(results.length === 0 ? {} : { results });
}
