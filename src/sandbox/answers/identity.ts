import { type Answer, NO_CONTENT, ok } from "../answer.ts";
import { type Exchange, type Handler, instant } from "../exchange.ts";
import { idleDeadlineMs } from "../rules/caller.ts";
import { heldGrants } from "../state/authority.ts";
import { ALL_DIVISIONS, type OAuthClient, type Organization, type User } from "../state/organization.ts";
import { revokeToken } from "../tokens.ts";
import { organizationOf } from "../world.ts";

/** Operations on the token, its user and its organization. */
export const IDENTITY_ANSWERS: Readonly<Record<string, Handler>> = {
  "HEAD /api/v2/tokens/me": () => ({ status: 200 }),
  "GET /api/v2/tokens/me": (exchange) => ok(tokenInfo(exchange)),
  "DELETE /api/v2/tokens/me": revokeOwn,
  "DELETE /api/v2/tokens/{userId}": revokeAllOf,
  "GET /api/v2/tokens/timeout": (exchange) => ok(idleTimeout(exchange)),
  "GET /api/v2/users/me": (exchange) => ok(me(exchange)),
  "GET /api/v2/organizations/me": (exchange) => ok(organizationBody(exchange.caller.organization)),
};

/** Returns a `TokenInfo`. As on the platform, it contains no expiry. */
function tokenInfo({ world, caller }: Exchange): Readonly<Record<string, unknown>> {
  const { token, organization, client, clientOrganization, user } = caller;
  const home = user?.home ?? null;
  const idlesAtMs = idleDeadlineMs(world, token);
  return {
    organization: named(organization),
    homeOrganization: named(home === null ? organization : organizationOf(world, home.organizationId)),
    authorizedScope: token.scopes,
    ...(home === null ? {} : { clonedUser: { id: home.userId, organization: { id: home.organizationId } } }),
    ...(idlesAtMs === null ? {} : { dateTokenIdles: instant(idlesAtMs) }),
    OAuthClient: {
      id: client.id,
      name: client.name,
      dateCreated: instant(world.startedAtMs - 200 * 86_400_000),
      authorizedGrantType: client.authorizedGrantType,
      scope: client.scope,
      roleDivisions: roleDivisions(clientOrganization, client),
      state: client.state,
      organization: named(clientOrganization),
    },
  };
}

/**
 * Returns the roles of a client-credentials client. A client with any other grant type acts with its user's roles.
 */
export function roleDivisions(organization: Organization, client: OAuthClient): readonly unknown[] {
  const grants = organization.authority.grants.get(client.id) ?? [];
  return grants.map(({ roleId, divisionId }) => ({ roleId, divisionId }));
}

function me(exchange: Exchange): Readonly<Record<string, unknown>> {
  const { world, caller, request } = exchange;
  const user = caller.user;
  if (user === null) return {};
  const expand = new Set(request.query.getAll("expand").flatMap((each) => each.split(",")));
  return {
    ...userBody(caller.organization, user),
    ...(expand.has("token") ? { token: tokenInfo(exchange) } : {}),
    ...(expand.has("organization") ? { organization: organizationBody(caller.organization) } : {}),
    ...(expand.has("orgproducts")
      ? { orgProducts: [...caller.organization.products].map((id) => ({ id })) }
      : {}),
    ...(expand.has("authorization") && world.settings.expandAuthorization
      ? { authorization: authorization(caller.organization, user) }
      : {}),
  };
}

/** Returns a `UserAuthorization`: the names of the roles and all of their permissions, without divisions. */
function authorization(organization: Organization, user: User): Readonly<Record<string, unknown>> {
  const grants = heldGrants(organization.authority, user.id);
  const roles = [...new Set(grants.map((grant) => grant.roleId))].flatMap(
    (id) => organization.authority.roles.get(id) ?? [],
  );
  const policies = roles.flatMap((role) => role.permissionPolicies);
  return {
    roles: roles.map(named),
    unusedRoles: [],
    permissions: [
      ...new Set([
        ...roles.flatMap((role) => role.legacyPermissions ?? []),
        ...policies.flatMap((policy) =>
          policy.actionSet.map((action) => `${policy.domain}:${policy.entityName}:${action}`),
        ),
      ]),
    ],
    permissionPolicies: policies.map((policy) => ({
      domain: policy.domain,
      entityName: policy.entityName,
      actionSet: policy.actionSet,
      allowConditions: policy.resourceConditionNode !== null,
      ...(policy.resourceConditionNode === null
        ? {}
        : { resourceConditionNode: policy.resourceConditionNode }),
    })),
  };
}

/** Returns a `User` with the fields that listings and users/me have in common. */
export function userBody(
  organization: Organization,
  user: User,
  isDeleted = false,
): Readonly<Record<string, unknown>> {
  const division = organization.divisions.get(user.divisionId);
  return {
    id: user.id,
    name: user.name,
    division: {
      id: user.divisionId,
      name: division?.name ?? ALL_DIVISIONS,
      selfUri: `/api/v2/authorization/divisions/${user.divisionId}`,
    },
    chat: { jabberId: `${user.id}@${organization.id}.orgspan.com` },
    email: user.email,
    username: user.email,
    state: isDeleted ? "deleted" : "active",
    version: 1,
    acdAutoAnswer: false,
    selfUri: `/api/v2/users/${user.id}`,
  };
}

function organizationBody(organization: Organization): Readonly<Record<string, unknown>> {
  return {
    id: organization.id,
    name: organization.name,
    defaultLanguage: "en-US",
    defaultCountryCode: "US",
    domain: organization.domain,
    version: 7,
    state: "active",
    voicemailEnabled: true,
    productPlatform: "PureCloud",
    features: { realtimeCIC: true, chat: true, purecloudVoice: true, unifiedCommunications: true },
    selfUri: "/api/v2/organizations/me",
  };
}

function idleTimeout({ world }: Exchange): Readonly<Record<string, unknown>> {
  const { enabled, seconds } = world.settings.idleTimeout;
  return {
    enableIdleTokenTimeout: enabled,
    idleTokenTimeoutSeconds: seconds,
    inactivityTimeoutUnit: "Seconds",
  };
}

function revokeOwn({ caller }: Exchange): Answer {
  revokeToken(caller.token);
  return { status: 200 };
}

function revokeAllOf({ world, match, caller }: Exchange): Answer {
  for (const token of world.tokens.values()) {
    if (token.organizationId === caller.organization.id && token.userId === match.parameters[0]) {
      revokeToken(token);
    }
  }
  return NO_CONTENT;
}

/** Returns a reference to an object: its `id` and `name`. */
export function named(thing: {
  readonly id: string;
  readonly name: string;
}): Readonly<Record<string, string>> {
  return { id: thing.id, name: thing.name };
}
