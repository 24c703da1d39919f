import type { Principal } from "../../platform/principal.ts";
import { isTrusted } from "../verdict/wording.ts";

/*
 * Where things are changed in the product's own interface (domain facts, section 7: classic menu; in the
 * new navigation OAuth and Authorized Applications are under Menu > IT and Integrations).
 */

/** Where roles and divisions of this principal are assigned. */
export function rolesMenu(principal: Principal): string {
  if (isTrusted(principal)) {
    return `Admin > People & Permissions > Authorized Organizations > ${principal.homeOrganization?.name ?? "the home organization"} (in organization ${principal.organization?.name ?? "this one"})`;
  }
  return principal.kind === "user"
    ? `Admin > People & Permissions > People > ${principal.user?.name ?? "the user"} > Roles`
    : `Admin > Integrations > OAuth > ${principal.client?.name ?? "the client"} > Roles`;
}

/** Where the scopes of the OAuth client are chosen. */
export function scopesMenu(principal: Principal): string {
  return `Admin > Integrations > OAuth > ${principal.client?.name ?? "the client"} > Scope`;
}

/** Where an OAuth client is enabled or disabled. */
export function clientMenu(principal: Principal): string {
  return `Admin > Integrations > OAuth > ${principal.client?.name ?? "the client"}`;
}

export const ROLE_EDITOR_MENU = "Admin > People & Permissions > Roles / Permissions";
export const ACCESS_POLICIES_MENU = "Admin > People & Permissions > Access Policies";
export const AUTHORIZED_APPLICATIONS_MENU = "Admin > Integrations > Authorized Applications";
export const ALLOWED_ADDRESSES_MENU =
  "Admin > Account Settings > Organization Settings > Settings > Allowed IP Addresses";

/** The same place in the newer navigation, for the few that moved; null for the others. */
export function newNavigation(menuPath: string): string | null {
  const [, rest] =
    /^Admin > Integrations > ((?:OAuth|Authorized Applications)(?: > .*)?)$/s.exec(menuPath) ?? [];
  return rest === undefined ? null : `Menu > IT and Integrations > ${rest}`;
}
