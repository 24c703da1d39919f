import { ok } from "../answer.ts";
import { NOT_FOUND } from "../refusal.ts";
import { ALL_DIVISIONS, type Organization, type PlacedObject } from "../state/organization.ts";
import { divisionBody } from "./divisions.ts";
import { type Handler, refuse, visibleDivisions } from "./exchange.ts";
import { userBody } from "./identity.ts";
import { page } from "./paging.ts";

/** Operations about users and queues. */
export const DIRECTORY_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/users": (exchange) => {
    const { organization } = exchange.caller;
    return ok(page(exchange, [...organization.users.values()], (user) => userBody(organization, user)));
  },
  "GET /api/v2/users/{userId}": (exchange) => {
    const { organization } = exchange.caller;
    const user = organization.users.get(exchange.match.parameters[0] ?? "");
    return user === undefined ? refuse(exchange, NOT_FOUND) : ok(userBody(organization, user));
  },
  "GET /api/v2/routing/queues": (exchange) => {
    const { organization } = exchange.caller;
    const visible = visibleDivisions(exchange, exchange.match.operation.permissions);
    const queues = [...organization.objects.values()].filter(
      (object) => object.type === "queue" && (visible === ALL_DIVISIONS || visible.has(object.divisionId)),
    );
    return ok(page(exchange, queues, (queue) => queueBody(organization, queue)));
  },
};

/** `Queue`, as far as it is filled for every queue. */
function queueBody(organization: Organization, queue: PlacedObject): Readonly<Record<string, unknown>> {
  return {
    id: queue.id,
    name: queue.name,
    division: divisionBody(organization, queue.divisionId),
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
