import { USER_GRANTS } from "../identity/token-kind.ts";
import type { AccessPolicy, Grant, OAuthClient, Principal, Unreadable } from "../reading/principal.ts";
import { READS } from "../reading/reads.ts";
import type { OrganizationFacts } from "./organization-facts.ts";

/**
 * Returns another client as a principal, without that client's token. A client that acts for users has no
 * roles of its own: access depends on the roles of each user, so its grants are unknown.
 * @param accessPolicies the policies that apply to this client; null when they could not be read
 */
export function principalOfClient(
  client: OAuthClient,
  facts: OrganizationFacts,
  accessPolicies: readonly AccessPolicy[] | null,
): Principal {
  const isClient = client.grantType === "CLIENT-CREDENTIALS";
  const isOfUsers = USER_GRANTS.has(client.grantType ?? "");
  const { grants, reason } = isClient
    ? grantsOf(client, facts)
    : { grants: null, reason: isOfUsers ? OF_USERS : UNKNOWN_GRANT };
  const grantsUnread: Unreadable = {
    what: "grants",
    reason: reason ?? "",
    permissions: isClient && facts.roles === null ? READS.roles.permissions : [],
    scopes: isClient && facts.roles === null ? READS.roles.scopes : [],
    call: null,
  };
  return {
    kind: isClient ? "client" : isOfUsers ? "user" : "unknown",
    refusal: null,
    client,
    user: null,
    organization: null,
    homeOrganization: null,
    scopes: isClient ? [] : client.scopes,
    scopesBind: isClient ? "no" : "unknown",
    grants,
    answers: null,
    ownedPermissions: facts.ownedPermissions,
    divisions: facts.divisions,
    accessPolicies,
    roles: facts.roles,
    idleTimeout: null,
    idlesAt: null,
    unreadable: [
      ...facts.unreadable,
      ...(grants === null ? [grantsUnread] : []),
      ...(isClient ? [] : [SCOPES_UNSEEN]),
    ],
    calls: [],
  };
}

const UNKNOWN_GRANT = "the grant type of the client, which decides whose roles count, is not known";
const OF_USERS = "the client acts for users, and each user's roles determine access";

const SCOPES_UNSEEN: Unreadable = {
  what: "scope enforcement",
  reason: "only the client's own token shows whether the organization enforces scopes",
  permissions: [],
  scopes: [],
  call: null,
};

/**
 * Returns the grants that the client lists; null when one of them cannot be parsed, because the rest would
 * look complete.
 */
function grantsOf(
  { roleDivisions }: OAuthClient,
  { roles, divisions }: OrganizationFacts,
): { readonly grants: readonly Grant[] | null; readonly reason: string | null } {
  const unread = (reason: string) => ({ grants: null, reason });
  if (roleDivisions === null) return unread("the listing does not contain the client's roles");
  if (roles === null) return unread("the organization's roles could not be read");
  const byId = new Map(roles.map((role) => [role.id, role]));
  const grants: Grant[] = [];
  for (const { roleId, divisionId } of roleDivisions) {
    const role = byId.get(roleId);
    if (role === undefined) return unread("the client lists a role that the organization does not list");
    const division = divisions?.find(({ id }) => id === divisionId);
    grants.push({
      role,
      division: divisionId === "*" ? "*" : (division ?? { id: divisionId, name: null, isHome: null }),
      // A client lists its roles and divisions without the dates of the grants.
      isRecent: false,
    });
  }
  return { grants, reason: null };
}
