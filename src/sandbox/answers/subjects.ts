import { ok } from "../answer.ts";
import { type Exchange, type Handler, instant, refuse } from "../exchange.ts";
import { NOT_FOUND } from "../refusal.ts";
import { permittedDivisions } from "../rules/holding.ts";
import { type HeldGrant, heldGrants } from "../state/authority.ts";
import { ALL_DIVISIONS, type Division, type Organization } from "../state/organization.ts";
import { divisionBody } from "./divisions.ts";
import { page } from "./paging.ts";

/** Operations on the grants of a subject, which is a user, a client or a group. */
export const SUBJECT_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/authorization/subjects/me": (exchange) => ok(subject(exchange, exchange.caller.subjectId)),
  "GET /api/v2/authorization/subjects/{subjectId}": (exchange) => {
    const { organization } = exchange.caller;
    const [id = ""] = exchange.match.parameters;
    const { users, clients, authority } = organization;
    return users.has(id) || clients.has(id) || authority.groups.has(id)
      ? ok(subject(exchange, id))
      : refuse(exchange, NOT_FOUND);
  },
  "GET /api/v2/authorization/divisionspermitted/me": (exchange) => {
    const permission = exchange.request.query.get("permission") ?? "";
    const { organization, subjectId } = exchange.caller;
    return ok(permitted(exchange, subjectId, permission).map(({ id }) => divisionBody(organization, id)));
  },
  "GET /api/v2/authorization/divisionspermitted/paged/me": (exchange) =>
    pagedPermitted(exchange, exchange.caller.subjectId),
  "GET /api/v2/authorization/divisionspermitted/paged/{subjectId}": (exchange) =>
    pagedPermitted(exchange, exchange.match.parameters[0] ?? ""),
};

/** Returns an `AuthzSubject`: roles, divisions and permissions in one response. */
function subject({ caller, request }: Exchange, id: string): Readonly<Record<string, unknown>> {
  const { organization } = caller;
  const held = heldGrants(organization.authority, id);
  // A role that the subject holds more than once in a division, directly and through groups, is listed once unless the
  // request includes duplicates.
  const grants =
    request.query.get("includeDuplicates") === "true"
      ? held
      : [
          ...new Map(
            held.toReversed().map((grant) => [`${grant.roleId} ${grant.divisionId}`, grant]),
          ).values(),
        ];
  return {
    id,
    name: nameOfSubject(organization, id),
    grants: grants.toReversed().flatMap((grant) => grantBody(organization, grant)),
    version: grants.length,
    selfUri: `/api/v2/authorization/subjects/${id}`,
  };
}

/** Returns the name of a user, a client or a group; empty for an unknown one. */
export function nameOfSubject({ users, clients, authority }: Organization, id: string): string {
  return (users.get(id) ?? clients.get(id) ?? authority.groups.get(id))?.name ?? "";
}

function grantBody(organization: Organization, grant: HeldGrant): readonly unknown[] {
  const role = organization.authority.roles.get(grant.roleId);
  if (role === undefined) return [];
  return [
    {
      subjectId: grant.subjectId,
      division: divisionBody(organization, grant.divisionId),
      role: {
        id: role.id,
        name: role.name,
        policies: role.permissionPolicies.map((policy) => ({
          domain: policy.domain,
          entityName: policy.entityName,
          actions: policy.actionSet,
          // The definition declares this field as a string, although a role's `resourceConditionNode` is an object.
          ...(policy.resourceConditionNode === null
            ? {}
            : { condition: JSON.stringify(policy.resourceConditionNode) }),
        })),
        default: false,
        selfUri: `/api/v2/authorization/roles/${role.id}`,
      },
      grantMadeAt: instant(grant.grantedAtMs),
    },
  ];
}

function pagedPermitted(exchange: Exchange, subjectId: string): ReturnType<Handler> {
  const permission = exchange.request.query.get("permission") ?? "";
  const divisions = permitted(exchange, subjectId, permission);
  return ok({
    ...page(exchange, divisions, (division) => divisionBody(exchange.caller.organization, division.id)),
    allDivsPermitted: divisions.length === exchange.caller.organization.divisions.size,
  });
}

function permitted(
  { caller, nowMs, request }: Exchange,
  subjectId: string,
  permission: string,
): readonly Division[] {
  const { organization } = caller;
  const divisions = permittedDivisions(organization, subjectId, permission, nowMs);
  const name = request.query.get("name")?.toLowerCase() ?? "";
  return [...organization.divisions.values()]
    .filter((division) => divisions === ALL_DIVISIONS || divisions.has(division.id))
    .filter((division) => division.name.toLowerCase().includes(name));
}
