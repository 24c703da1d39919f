import { asRecord, parseJson } from "../../core/json.ts";
import { type Answer, ok } from "../answer.ts";
import { queryAggregates } from "../conversations/aggregate-query.ts";
import type { Conversation } from "../conversations/conversation.ts";
import { queryDetails } from "../conversations/detail-query.ts";
import { isRefusal, MALFORMED_BODY, NOT_FOUND } from "../refusal.ts";
import { ALL_DIVISIONS } from "../state/organization.ts";
import { type Exchange, type Handler, instant, refuse, visibleDivisions } from "./exchange.ts";

/** Analytics operations that answer from the organization's conversations. */
export const ANALYTICS_ANSWERS: Readonly<Record<string, Handler>> = {
  "POST /api/v2/analytics/conversations/details/query": (exchange) => answerQuery(exchange, queryDetails),
  "POST /api/v2/analytics/conversations/aggregates/query": (exchange) =>
    answerQuery(exchange, queryAggregates),
  "GET /api/v2/analytics/conversations/{conversationId}/details": (exchange) => {
    const [id = ""] = exchange.match.parameters;
    const found = visibleConversations(exchange).find((each) => each.conversationId === id);
    return found === undefined ? refuse(exchange, NOT_FOUND) : ok(found);
  },
  "GET /api/v2/analytics/conversations/details/jobs/availability": ({ nowMs }) =>
    ok({ dataAvailabilityDate: instant(nowMs - 6 * 3_600_000) }),
};

type Query = (visible: readonly Conversation[], body: ReturnType<typeof asRecord>) => object;

function answerQuery(exchange: Exchange, query: Query): Answer {
  const body = parseJson(exchange.request.body);
  if (typeof body !== "object" || body === null) return refuse(exchange, MALFORMED_BODY);
  const result = query(visibleConversations(exchange), asRecord(body));
  return isRefusal(result) ? refuse(exchange, result) : ok(result);
}

/** Without an error, as on the platform: conversations of other divisions are just not there. */
function visibleConversations(exchange: Exchange): readonly Conversation[] {
  const conversations = exchange.world.conversations();
  const divisions = visibleDivisions(exchange, exchange.match.operation.permissions);
  return divisions === ALL_DIVISIONS
    ? conversations
    : conversations.filter((each) => each.divisionIds.some((id) => divisions.has(id)));
}
