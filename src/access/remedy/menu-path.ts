import type { Principal } from "../../platform/reading/principal.ts";
import { isTrusted } from "../verdict/wording.ts";

// Menu paths are those of the classic navigation, which the platform's help articles use.

/** Where the roles and divisions of this principal are assigned. */
export function rolesMenu(principal: Principal): string {
  if (isTrusted(principal)) {
    return `Admin > People & Permissions > Authorized Organizations > ${principal.homeOrganization?.name ?? "the home organization"} (in organization ${principal.organization?.name ?? "this one"})`;
  }
  return principal.kind === "user"
    ? `Admin > People & Permissions > People > ${principal.user?.name ?? "the user"} > Roles`
    : `${clientMenu(principal)} > Roles`;
}

/** Where the scopes of the OAuth client are selected. Without a principal, of any client. */
export function scopesMenu(principal: Principal | null): string {
  return `${clientMenu(principal)} > Scope`;
}

/** Where the OAuth client is configured, enabled and disabled. Without a principal, any client. */
export function clientMenu(principal: Principal | null): string {
  return `Admin > Integrations > OAuth > ${principal?.client?.name ?? "the client"}`;
}

/** Where roles are assigned when it is not known whether the token belongs to a client or a user. */
export const SUBJECT_ROLES_MENU =
  "Admin > Integrations > OAuth > the client > Roles, or Admin > People & Permissions > People > the user > Roles";
export const ROLE_EDITOR_MENU = "Admin > People & Permissions > Roles / Permissions";
export const ACCESS_POLICIES_MENU = "Admin > People & Permissions > Access Policies";
export const AUTHORIZED_APPLICATIONS_MENU = "Admin > Integrations > Authorized Applications";
/** Where the credentials of a data action are kept. */
export const INTEGRATION_MENU =
  "Admin > Integrations > Integrations > the integration > Configuration > Credentials";
export const ALLOWED_ADDRESSES_MENU =
  "Admin > Account Settings > Organization Settings > Settings > Allowed IP Addresses";

/** The same place in the new navigation, for the menus that moved there; null for the others. */
export function newNavigation(menuPath: string): string | null {
  const [, rest] =
    /^Admin > Integrations > ((?:OAuth|Authorized Applications)(?: > .*)?)$/s.exec(menuPath) ?? [];
  return rest === undefined ? null : `Menu > IT and Integrations > ${rest}`;
}
