import { asArray, asRecord, asString, parseJson } from "../../core/json.ts";
import { type Answer, ok } from "../answer.ts";
import { badRequest, type Exchange, type Handler, refuse } from "../exchange.ts";
import { checkTopic, TOPIC_RULES, type TopicRule } from "../rules/topics.ts";

/** Operations on notification topics and channels. The sandbox sends no notifications. */
export const NOTIFICATION_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/notifications/availabletopics": ({ request }) => {
    const expand = new Set(request.query.getAll("expand").flatMap((each) => each.split(",")));
    return ok({ entities: TOPIC_RULES.map((rule) => topicBody(rule, expand)) });
  },
  "POST /api/v2/notifications/channels": ({ world }) => {
    const id = world.sequence.uuid();
    return ok({ id, connectUri: `wss://localhost/channels/${id}`, expires: null });
  },
  "POST /api/v2/notifications/channels/{channelId}/subscriptions": subscribe,
  "PUT /api/v2/notifications/channels/{channelId}/subscriptions": subscribe,
};

/** Answers a request to subscribe. One refused topic makes the whole request fail unless `ignoreErrors` is true. */
function subscribe(exchange: Exchange): Answer {
  const { caller, nowMs, request } = exchange;
  const body = parseJson(request.body);
  if (!Array.isArray(body)) return badRequest(exchange, "a list of topics is required");
  const topics = asArray(body).map((each) => asString(asRecord(each)["id"]) ?? "");
  const checked = topics.map((id) => ({ id, refused: checkTopic(caller, id, nowMs) }));
  const refused = checked.flatMap((each) => each.refused ?? [])[0];
  if (refused !== undefined && request.query.get("ignoreErrors") !== "true") return refuse(exchange, refused);
  return ok({
    entities: checked.map(({ id, refused: reason }) =>
      reason === null
        ? { id, state: "Permitted" }
        : { id, state: "Rejected", rejectionReason: reason.template },
    ),
  });
}

/** Returns an `AvailableTopic`. Most fields are present only if the request expands them. */
function topicBody(
  { topic, permissions, isAny, isDivisional, user, isRelaxed }: TopicRule,
  expand: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  return {
    id: topic,
    ...(expand.has("enforced") ? { enforced: isRelaxed !== true } : {}),
    ...(expand.has("visibility") ? { visibility: "Public" } : {}),
    ...(expand.has("transports") ? { transports: ["All"] } : {}),
    ...(expand.has("requiresPermissions")
      ? {
          requiresPermissions: permissions,
          requiresDivisionPermissions: isDivisional === true,
          requiresCurrentUser: user === "own",
          requiresCurrentUserOrPermission: user === "own-or-permission",
          requiresAnyValidator: isAny === true,
        }
      : {}),
    ...(expand.has("permissionDetails")
      ? { permissionDetails: detailsOf(permissions, isAny === true, isDivisional === true, user) }
      : {}),
  };
}

function detailsOf(
  permissions: readonly string[],
  isAny: boolean,
  isDivisional: boolean,
  user: TopicRule["user"],
): readonly unknown[] {
  const type = isDivisional ? "requiresDivisionPermissions" : "requiresPermissions";
  const lists = isAny ? permissions.map((permission) => [permission]) : [permissions];
  return [
    ...(user === "own" ? [{ type: "requiresCurrentUser", permissions: [], enforced: true }] : []),
    ...lists
      .filter(({ length }) => length > 0)
      .map((list) => ({
        type,
        permissions: list,
        allowsCurrentUser: user === "own-or-permission",
        enforced: true,
      })),
  ];
}
