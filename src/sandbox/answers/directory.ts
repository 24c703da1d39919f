import { asArray, asNumber, asRecord, asString, asStrings, parseJson } from "../../core/json.ts";
import { ok } from "../answer.ts";
import { badRequest, type Exchange, type Handler, refuse, visibleDivisions } from "../exchange.ts";
import { NOT_FOUND } from "../refusal.ts";
import { ALL_DIVISIONS, type Organization, type PlacedObject, type User } from "../state/organization.ts";
import { divisionReference } from "./divisions.ts";
import { userBody } from "./identity.ts";
import { byName, chosenAsRequested, namedAsRequested, page } from "./paging.ts";

const MOST_IDS = 100;

/** Operations on users and queues. */
export const DIRECTORY_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/users": (exchange) => {
    const { organization } = exchange.caller;
    const users = usersIn(exchange);
    return users === null
      ? badRequest(exchange, `At most ${MOST_IDS} ids may be given`)
      : ok(
          page(exchange, byName(exchange, users), (user) =>
            userBody(organization, user, isDeleted(exchange, user)),
          ),
        );
  },
  "POST /api/v2/users/search": searchUsers,
  "GET /api/v2/users/{userId}": (exchange) => {
    const { organization } = exchange.caller;
    const user = organization.users.get(exchange.match.parameters[0] ?? "");
    if (user === undefined) return refuse(exchange, NOT_FOUND);
    const body = userBody(organization, user);
    const expand = exchange.request.query.getAll("expand").flatMap((each) => each.split(","));
    if (!expand.includes("groups")) return ok(body);
    const groups = [...organization.authority.groups.values()]
      .filter(({ memberIds }) => memberIds.includes(user.id))
      .map(({ id }) => ({ id, selfUri: `/api/v2/groups/${id}` }));
    return ok({ ...body, groups });
  },
  "GET /api/v2/routing/queues": (exchange) => {
    const { organization } = exchange.caller;
    const visible = visibleDivisions(exchange, exchange.match.operation.permissions);
    const queues = [...organization.objects.values()].filter(
      (object) => object.type === "queue" && (visible === ALL_DIVISIONS || visible.has(object.divisionId)),
    );
    const chosen = chosenAsRequested(exchange, namedAsRequested(exchange, queues));
    return ok(page(exchange, byName(exchange, chosen), (queue) => queueBody(organization, queue)));
  },
};

/**
 * Answers a `UserSearchRequest` with the active users that match every criterion. A criterion matches if any one of its
 * fields does.
 */
function searchUsers(exchange: Exchange): ReturnType<Handler> {
  const { organization } = exchange.caller;
  const body = asRecord(parseJson(exchange.request.body));
  const pageSize = asNumber(body["pageSize"]) ?? 25;
  const pageNumber = asNumber(body["pageNumber"]) ?? 1;
  const criteria = asArray(body["query"]).map(asRecord);
  const unknown = criteria.find(({ type }) => !Object.hasOwn(CRITERIA, asString(type) ?? ""));
  if (unknown !== undefined) return badRequest(exchange, `The search type ${unknown["type"]} is not valid`);
  const found = [...organization.users.values()].filter((user) =>
    criteria.every(({ type, fields, value }) =>
      asStrings(fields).some((field) => {
        const text = field === "email" ? user.email : field === "name" ? user.name : "";
        return CRITERIA[asString(type) ?? ""]?.(text.toLowerCase(), String(value).toLowerCase()) === true;
      }),
    ),
  );
  const from = (pageNumber - 1) * pageSize;
  return ok({
    total: found.length,
    pageCount: Math.max(1, Math.ceil(found.length / pageSize)),
    pageSize,
    pageNumber,
    results: found.slice(from, from + pageSize).map((user) => userBody(organization, user)),
  });
}

const CRITERIA: Readonly<Record<string, (text: string, value: string) => boolean>> = {
  EXACT: (text, value) => text === value,
  STARTS_WITH: (text, value) => text.startsWith(value),
  CONTAINS: (text, value) => text.includes(value),
};

/**
 * Returns the users that the query selects by `id` and `state`. Former users are included only for the states `any`
 * and `deleted`. Returns null when the query has too many ids.
 */
function usersIn({ caller, request, world }: Exchange): readonly User[] | null {
  const ids = request.query.getAll("id").flatMap((each) => each.split(","));
  if (ids.length > MOST_IDS) return null;
  const state = request.query.get("state") ?? "active";
  const former = world.roster.agents.filter((agent) => agent.isDeleted === true);
  const gone = former.map(({ id, name, divisionId }) => ({
    id,
    name,
    email: `${id}@deleted.example.com`,
    divisionId,
    home: null,
  }));
  const users = [
    ...(state === "deleted" ? [] : caller.organization.users.values()),
    ...(state === "any" || state === "deleted" ? gone : []),
  ];
  return ids.length === 0 ? users : users.filter((user) => ids.includes(user.id));
}

function isDeleted({ caller }: Exchange, user: User): boolean {
  return !caller.organization.users.has(user.id);
}

/** Returns a `Queue` with the fields that every queue has. */
function queueBody(organization: Organization, queue: PlacedObject): Readonly<Record<string, unknown>> {
  return {
    id: queue.id,
    name: queue.name,
    division: divisionReference(organization, queue.divisionId),
    description: "",
    memberCount: 12,
    userMemberCount: 12,
    joinedMemberCount: 9,
    skillEvaluationMethod: "BEST",
    autoAnswerOnly: true,
    enableTranscription: false,
    selfUri: `/api/v2/routing/queues/${queue.id}`,
  };
}
