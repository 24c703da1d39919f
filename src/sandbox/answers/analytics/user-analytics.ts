import { type Answer, ok } from "../../answer.ts";
import { DAY_MS, dayOf } from "../../conversations/plan/instant.ts";
import {
  checkFields,
  USER_AGGREGATE_FIELDS,
  USER_QUERY_FIELDS,
} from "../../conversations/search/declared-fields.ts";
import { longestDays, pagingIn } from "../../conversations/search/detail-query.ts";
import { intervalIn, type SearchInterval } from "../../conversations/search/interval.ts";
import { badRequest, bodyOf, type Exchange, type Handler, refuse, visibleDivisions } from "../../exchange.ts";
import { pageOf } from "../../page-drift.ts";
import { isRefusal, MALFORMED_BODY } from "../../refusal.ts";
import { describeUser } from "../../users/periods.ts";
import { queryUserAggregates } from "../../users/user-aggregates.ts";
import {
  checkNames,
  checkUserFilters,
  type FoundUser,
  findUsers,
  valuesOf,
} from "../../users/user-search.ts";

const MOST_USER_IDS = 100;

/** Operations on the presence and routing status of users. */
export const USER_ANALYTICS_ANSWERS: Readonly<Record<string, Handler>> = {
  "POST /api/v2/analytics/users/details/query": details,
  "POST /api/v2/analytics/users/aggregates/query": aggregates,
};

/**
 * Returns user details in pages that can be short. For an interval of more than one day, every user has two entries. A
 * page that contains both entries returns the user once, so it is short, and a user can appear on two pages.
 */
function details(exchange: Exchange): Answer {
  const { world, match } = exchange;
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  const refused = checkFields(body, USER_QUERY_FIELDS) ?? checkUserFilters(body);
  if (refused !== null) return refuse(exchange, refused);
  const interval = intervalIn(body, longestDays(body));
  if (isRefusal(interval)) return refuse(exchange, interval);
  const paging = pagingIn(body, world.settings.mostQueryResults);
  if (isRefusal(paging)) return refuse(exchange, paging);
  const divisions = visibleDivisions(exchange, match.operation.permissions);
  const stored = findUsers(world, interval, body, divisions).flatMap((user) => copiesOf(user, interval));
  const { from, to } = pageOf(stored.length, paging, world.settings.pageDrift.query);
  const users = [...new Set(stored.slice(from, to))];
  return ok({
    ...(users.length === 0
      ? {}
      : {
          userDetails: users.map(({ userId, periods }) => describeUser(userId, periods, world.dataTimeMs)),
        }),
    totalHits: stored.length,
  });
}

function copiesOf(user: FoundUser, { startMs, endMs }: SearchInterval): readonly FoundUser[] {
  return endMs > dayOf(startMs) + DAY_MS ? [user, user] : [user];
}

function aggregates(exchange: Exchange): Answer {
  const { world, match } = exchange;
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  const refused = checkFields(body, USER_AGGREGATE_FIELDS) ?? checkNames([body["filter"]], ["userId"]);
  if (refused !== null) return refuse(exchange, refused);
  const interval = intervalIn(body, longestDays(body));
  if (isRefusal(interval)) return refuse(exchange, interval);
  const wanted = valuesOf(body["filter"], "userId");
  if ((wanted?.size ?? 0) > MOST_USER_IDS) {
    return badRequest(exchange, `At most ${MOST_USER_IDS} userId predicates may be given`);
  }
  const divisions = visibleDivisions(exchange, match.operation.permissions);
  const users = findUsers(world, interval, { userFilters: [body["filter"]] }, divisions);
  const result = queryUserAggregates(users, interval, body, {
    asOfMs: world.dataTimeMs,
    mostBuckets: world.settings.mostBuckets,
  });
  return isRefusal(result) ? refuse(exchange, result) : ok(result);
}
