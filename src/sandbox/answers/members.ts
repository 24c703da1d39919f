import { ok } from "../answer.ts";
import { type Exchange, type Handler, refuse } from "../exchange.ts";
import { NOT_FOUND } from "../refusal.ts";
import { membersOf } from "../state/memberships.ts";
import type { Member } from "../state/roster.ts";
import { userBody } from "./identity.ts";
import { byNextUri } from "./listings.ts";
import { checkPage, page } from "./paging.ts";

/** Maximum number of members on one page of a queue. */
const MOST_QUEUE_MEMBERS = 100;

/** Operations that list the members of queues, groups, teams and skill groups, in three paging styles. */
export const MEMBER_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/routing/queues/{queueId}/members": (exchange) => {
    const refused = checkPage(exchange, MOST_QUEUE_MEMBERS);
    if (refused !== null) return refused;
    const members = membersIn(exchange, [...exchange.caller.organization.objects.keys()]);
    if (members === null) return refuse(exchange, NOT_FOUND);
    // The definition of this listing has neither a total nor a page count.
    const {
      total: _total,
      pageCount: _count,
      lastUri: _last,
      ...uncounted
    } = page(exchange, members, queueMember);
    return ok(uncounted);
  },
  "GET /api/v2/groups/{groupId}/members": (exchange) => {
    const { organization } = exchange.caller;
    const members = membersIn(exchange, idsOf(exchange.world.roster.configured.group));
    const users = members?.flatMap(({ id }) => organization.users.get(id) ?? []);
    return users === undefined
      ? refuse(exchange, NOT_FOUND)
      : ok(page(exchange, users, (user) => userBody(organization, user)));
  },
  "GET /api/v2/teams/{teamId}/members": (exchange) => linked(exchange, idsOf(exchange.world.roster.teams)),
  "GET /api/v2/routing/skillgroups/{skillGroupId}/members": (exchange) =>
    linked(exchange, idsOf(exchange.world.roster.skillGroups)),
};

/** Returns a page of `UserReferenceWithName`, paged by `after`. */
function linked(exchange: Exchange, known: readonly string[]): ReturnType<Handler> {
  const members = membersIn(exchange, known);
  if (members === null) return refuse(exchange, NOT_FOUND);
  return byNextUri(exchange, members, (member) => ({
    id: member.id,
    name: member.name,
    selfUri: `/api/v2/users/${member.id}`,
  }));
}

/** Returns the members of the object that the path names; null for an unknown object. */
function membersIn({ match, world }: Exchange, known: readonly string[]): readonly Member[] | null {
  const [id = ""] = match.parameters;
  return known.includes(id) ? membersOf(world.roster, id) : null;
}

/** Returns a `QueueMember`. */
function queueMember({ id, name }: Member): Readonly<Record<string, unknown>> {
  const selfUri = `/api/v2/users/${id}`;
  const joined = id < "8";
  return {
    id,
    name,
    user: { id, name, selfUri },
    ringNumber: 1,
    joined,
    memberBy: "user",
    routingStatus: { userId: id, status: joined ? "IDLE" : "OFF_QUEUE" },
    selfUri,
  };
}

function idsOf(members: readonly Member[]): readonly string[] {
  return members.map(({ id }) => id);
}
