import { ok } from "../answer.ts";
import { type Exchange, type Handler, instant, refuse } from "../exchange.ts";
import { NOT_FOUND } from "../refusal.ts";
import { describeScope } from "../scopes.ts";
import type { OAuthClient, Organization } from "../state/organization.ts";
import { roleDivisions } from "./identity.ts";

/** Operations on OAuth clients, scopes and approvals by administrators. */
export const OAUTH_ANSWERS: Readonly<Record<string, Handler>> = {
  // This listing takes no parameters, so its only page contains every client.
  "GET /api/v2/oauth/clients": (exchange) => {
    const { organization } = exchange.caller;
    const clients = [...organization.clients.values()].map((client) =>
      clientBody(exchange, organization, client),
    );
    const { length: total } = clients;
    const { path: selfUri } = exchange.request;
    return ok({ entities: clients, pageSize: total, pageNumber: 1, total, pageCount: 1, selfUri });
  },
  "GET /api/v2/oauth/clients/{clientId}": (exchange) => {
    const { organization } = exchange.caller;
    const client = organization.clients.get(exchange.match.parameters[0] ?? "");
    return client === undefined
      ? refuse(exchange, NOT_FOUND)
      : ok(clientBody(exchange, organization, client));
  },
  "GET /api/v2/oauth/authorizations": (exchange) => {
    const approved = [...exchange.caller.organization.clients.values()].filter((client) => client.isApproved);
    return ok({ entities: approved.map(authorizationBody), total: approved.length });
  },
  "GET /api/v2/oauth/authorizations/{clientId}": (exchange) => {
    const client = exchange.caller.organization.clients.get(exchange.match.parameters[0] ?? "");
    return client?.isApproved ? ok(authorizationBody(client)) : refuse(exchange, NOT_FOUND);
  },
  "GET /api/v2/oauth/scopes": (exchange) => {
    const scopes = scopesOf(exchange);
    return ok({ total: scopes.length, entities: scopes.map(scopeBody), selfUri: exchange.request.path });
  },
  "GET /api/v2/oauth/scopes/{scopeId}": (exchange) => {
    const [id = ""] = exchange.match.parameters;
    return scopesOf(exchange).includes(id) ? ok(scopeBody(id)) : refuse(exchange, NOT_FOUND);
  },
};

/** Returns an `OAuthClient`. The secret is included only at creation, unless `listsClientSecrets` is on. */
function clientBody(
  { world }: Exchange,
  organization: Organization,
  client: OAuthClient,
): Readonly<Record<string, unknown>> {
  const createdAtMs = client.createdAtMs ?? world.startedAtMs - 200 * 86_400_000;
  return {
    id: client.id,
    name: client.name,
    ...(world.settings.listsClientSecrets ? { secret: client.secret } : {}),
    accessTokenValiditySeconds: client.accessTokenValiditySeconds,
    registeredRedirectUri: client.registeredRedirectUri,
    ...(client.description === undefined ? {} : { description: client.description }),
    dateCreated: instant(createdAtMs),
    dateModified: instant(client.modifiedAtMs ?? createdAtMs),
    ...(client.deletedAtMs === undefined ? {} : { dateToDelete: instant(client.deletedAtMs) }),
    authorizedGrantType: client.authorizedGrantType,
    scope: client.scope,
    roleDivisions: roleDivisions(organization, client),
    state: client.state,
    selfUri: `/api/v2/oauth/clients/${client.id}`,
  };
}

function authorizationBody(client: OAuthClient): Readonly<Record<string, unknown>> {
  return { client: { id: client.id, name: client.name }, scope: client.scope, state: client.state };
}

/** Returns every scope that an operation of the definition accepts. */
function scopesOf({ world }: Exchange): readonly string[] {
  return [...new Set(world.definition.operations.flatMap((operation) => operation.scopes ?? []))].sort();
}

function scopeBody(id: string): Readonly<Record<string, unknown>> {
  return {
    id,
    description: describeScope(id),
    selfUri: `/api/v2/oauth/scopes/${id}`,
  };
}
