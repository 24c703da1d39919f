import { type Answer, jsonText, listed } from "../../answer.ts";
import { CONVERSATION_QUERY_FIELDS, checkFields } from "../../conversations/search/declared-fields.ts";
import { findDetails, pagingIn } from "../../conversations/search/detail-query.ts";
import { remembering } from "../../conversations/search/remembered-searches.ts";
import type { ConversationSearch } from "../../conversations/search/search.ts";
import { badRequest, bodyOf, type Exchange, type Handler, refuse, visibleDivisions } from "../../exchange.ts";
import { pageOf } from "../../page-drift.ts";
import { isRefusal, MALFORMED_BODY, NOT_FOUND } from "../../refusal.ts";
import { ALL_DIVISIONS } from "../../state/organization.ts";

const MOST_IDS = 100;

/** Operations that return conversation details as of now. They omit the attributes, which only jobs return. */
export const CONVERSATION_DETAIL_ANSWERS: Readonly<Record<string, Handler>> = {
  "POST /api/v2/analytics/conversations/details/query": query,
  "GET /api/v2/analytics/conversations/details": several,
  "GET /api/v2/analytics/conversations/{conversationId}/details": (exchange) => {
    const record = recordOf(exchange, exchange.match.parameters[0] ?? "");
    return record === null ? refuse(exchange, NOT_FOUND) : jsonText(() => [record]);
  },
};

function query(exchange: Exchange): Answer {
  const { world, match } = exchange;
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  const refused = checkFields(body, CONVERSATION_QUERY_FIELDS);
  if (refused !== null) return refuse(exchange, refused);
  const paging = pagingIn(body, world.settings.mostQueryResults);
  if (isRefusal(paging)) return refuse(exchange, paging);
  const archive = world.archive();
  const asOfMs = world.dataTimeMs;
  const found = findDetails(
    (wanted: ConversationSearch) => remembering(world.searches, archive, wanted),
    body,
    {
      divisions: visibleDivisions(exchange, match.operation.permissions),
      asOfMs,
    },
  );
  if (isRefusal(found)) return refuse(exchange, found);
  const { from, to } = pageOf(found.count, paging, world.settings.pageDrift.query);
  const totals = `"totalHits":${found.count}}`;
  if (from >= to) return jsonText(() => [`{${totals}`]);
  return jsonText(function* () {
    yield '{"conversations":[';
    yield* listed(to - from, (place) => {
      const { dayMs, index } = found.at(from + place);
      return archive.render(dayMs, index, asOfMs, false);
    });
    yield `],${totals}`;
  });
}

function several(exchange: Exchange): Answer {
  const ids = exchange.request.query.getAll("id").flatMap((each) => each.split(","));
  if (ids.length === 0) return badRequest(exchange, "id is required");
  if (ids.length > MOST_IDS) return badRequest(exchange, `At most ${MOST_IDS} ids may be given`);
  const records = ids.flatMap((id) => recordOf(exchange, id) ?? []);
  return jsonText(() => (records.length === 0 ? ["{}"] : [`{"conversations":[${records.join(",")}]}`]));
}

/**
 * Returns the record with this id, or null when it is not in any of the caller's divisions, so that the response does
 * not reveal whether the record exists elsewhere.
 */
function recordOf(exchange: Exchange, id: string): string | null {
  const { world, match } = exchange;
  const archive = world.archive();
  const asOfMs = world.dataTimeMs;
  const place = archive.find(id, asOfMs);
  if (place === null) return null;
  const divisions = visibleDivisions(exchange, match.operation.permissions);
  const { divisionIds } = archive.entry(place.dayMs, place.index, asOfMs);
  const isVisible = divisions === ALL_DIVISIONS || divisionIds.some((each) => divisions.has(each));
  return isVisible ? archive.render(place.dayMs, place.index, asOfMs, false) : null;
}
