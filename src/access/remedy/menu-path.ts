import type { Principal } from "../../platform/reading/principal.ts";
import { isTrusted } from "../verdict/wording.ts";

// Menu paths follow the classic navigation, which the platform's help articles use.

/** The menu for the roles and divisions of this principal. */
export function rolesMenu(principal: Principal): string {
  if (isTrusted(principal)) {
    return `Admin > People & Permissions > Authorized Organizations > ${principal.homeOrganization?.name ?? "the home organization"} (in organization ${principal.organization?.name ?? "this one"})`;
  }
  return principal.kind === "user"
    ? `Admin > People & Permissions > People > ${principal.user?.name ?? "the user"} > Roles`
    : `${clientMenu(principal)} > Roles`;
}

/** The menu for the scopes of the OAuth client; without a principal, of any client. */
export function scopesMenu(principal: Principal | null): string {
  return `${clientMenu(principal)} > Scope`;
}

/** The menu for configuring, enabling and disabling the OAuth client; without a principal, any client. */
export function clientMenu(principal: Principal | null): string {
  return `Admin > Integrations > OAuth > ${principal?.client?.name ?? "the client"}`;
}

/** The menu for roles when it is not known whether the token belongs to a client or a user. */
export const SUBJECT_ROLES_MENU =
  "Admin > Integrations > OAuth > the client > Roles, or Admin > People & Permissions > People > the user > Roles";
export const ROLE_EDITOR_MENU = "Admin > People & Permissions > Roles / Permissions";
export const ACCESS_POLICIES_MENU = "Admin > People & Permissions > Access Policies";
export const AUTHORIZED_APPLICATIONS_MENU = "Admin > Integrations > Authorized Applications";
/** The menu for the credentials of a data action. */
export const INTEGRATION_MENU =
  "Admin > Integrations > Integrations > the integration > Configuration > Credentials";
export const ALLOWED_ADDRESSES_MENU =
  "Admin > Account Settings > Organization Settings > Settings > Allowed IP Addresses";

/** The same place in the new navigation; null for menus that did not move. */
export function newNavigation(menuPath: string): string | null {
  const [, rest] =
    /^Admin > Integrations > ((?:OAuth|Authorized Applications)(?: > .*)?)$/s.exec(menuPath) ?? [];
  return rest === undefined ? null : `Menu > IT and Integrations > ${rest}`;
}
