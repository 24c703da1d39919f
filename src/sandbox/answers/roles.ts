import { ok } from "../answer.ts";
import { type Handler, refuse } from "../exchange.ts";
import { NOT_FOUND } from "../refusal.ts";
import type { AccessPolicy, Organization, PermissionPolicy, Role } from "../state/organization.ts";
import { divisionReference } from "./divisions.ts";
import { page } from "./paging.ts";
import { nameOfSubject } from "./subjects.ts";

/** Operations on roles and access policies. */
export const ROLE_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/authorization/roles": (exchange) => {
    const { query } = exchange.request;
    const ids = query.getAll("id").flatMap((each) => each.split(","));
    const name = (query.get("name") ?? "").toLowerCase().replaceAll("*", "");
    const found = [...exchange.caller.organization.authority.roles.values()]
      .filter((role) => ids.length === 0 || ids.includes(role.id))
      .filter((role) => role.name.toLowerCase().includes(name));
    return ok(page(exchange, found, roleBody));
  },
  "GET /api/v2/authorization/roles/{roleId}": (exchange) => {
    const role = exchange.caller.organization.authority.roles.get(exchange.match.parameters[0] ?? "");
    return role === undefined ? refuse(exchange, NOT_FOUND) : ok(roleBody(role));
  },
  "GET /api/v2/authorization/roles/{roleId}/subjectgrants": (exchange) => {
    const { organization } = exchange.caller;
    const role = organization.authority.roles.get(exchange.match.parameters[0] ?? "");
    return role === undefined
      ? refuse(exchange, NOT_FOUND)
      : ok(page(exchange, holdersOf(organization, role.id), (subject) => subject));
  },
  "GET /api/v2/authorization/policies": ({ caller, request }) =>
    ok(policyListing([...caller.organization.policies.values()], request.path)),
  "GET /api/v2/authorization/policies/subject/{subjectId}": ({ caller, match, request }) =>
    ok(
      policyListing(
        [...caller.organization.policies.values()].filter(
          ({ subject }) => subject.type === "ALL" || subject.id === match.parameters[0],
        ),
        request.path,
      ),
    ),
  "GET /api/v2/authorization/policies/{policyId}": (exchange) => {
    const policy = exchange.caller.organization.policies.get(exchange.match.parameters[0] ?? "");
    return policy === undefined ? refuse(exchange, NOT_FOUND) : ok(policyBody(policy));
  },
};

/** Converts a role to `DomainOrganizationRole`. */
function roleBody(role: Role): Readonly<Record<string, unknown>> {
  return {
    id: role.id,
    name: role.name,
    description: "",
    permissions: role.legacyPermissions ?? [],
    unusedPermissions: [],
    permissionPolicies: role.permissionPolicies.map(permissionPolicyBody),
    userCount: 0,
    default: false,
    base: false,
    selfUri: `/api/v2/authorization/roles/${role.id}`,
  };
}

/** Returns the `SubjectDivisionGrants` of every holder of the role. */
function holdersOf(organization: Organization, roleId: string): readonly Readonly<Record<string, unknown>>[] {
  return [...organization.authority.grants].flatMap(([id, held]) => {
    const grants = held.filter((grant) => grant.roleId === roleId);
    if (grants.length === 0) return [];
    const user = organization.users.get(id);
    const isGroup = organization.authority.groups.has(id);
    return [
      {
        id,
        name: nameOfSubject(organization, id),
        divisions: grants.map(({ divisionId }) => divisionReference(organization, divisionId)),
        type: user !== undefined ? "PC_USER" : isGroup ? "PC_GROUP" : "PC_OAUTH_CLIENT",
        selfUri: `/api/v2/authorization/subjects/${id}`,
      },
    ];
  });
}

function permissionPolicyBody(policy: PermissionPolicy): Readonly<Record<string, unknown>> {
  return {
    domain: policy.domain,
    entityName: policy.entityName,
    actionSet: policy.actionSet,
    allowConditions: policy.resourceConditionNode !== null,
    ...(policy.resourceConditionNode === null ? {} : { resourceConditionNode: policy.resourceConditionNode }),
  };
}

/** Returns all policies. The platform pages this listing by cursor, but here a single page contains everything. */
function policyListing(
  policies: readonly AccessPolicy[],
  selfUri: string,
): Readonly<Record<string, unknown>> {
  return { entities: policies.map(policyBody), selfUri };
}

/** Converts a policy to `AuthorizationPolicy`. */
function policyBody(policy: AccessPolicy): Readonly<Record<string, unknown>> {
  return {
    id: policy.id,
    name: policy.name,
    targetResource: policy.targetResource,
    subject: { type: policy.subject.type, ...(policy.subject.id === null ? {} : { id: policy.subject.id }) },
    effect: policy.effect,
    ...(policy.condition === null ? {} : { condition: policy.condition }),
    active: policy.enabled,
    applyToClients: policy.applyToClients,
    selfUri: `/api/v2/authorization/policies/${policy.id}`,
  };
}
