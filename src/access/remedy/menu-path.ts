import type { Principal } from "../../platform/reading/principal.ts";
import { isTrusted } from "../verdict/wording.ts";

// Menu paths follow the classic navigation, as in the platform's help articles.

/** Returns the menu for assigning roles and divisions to this principal. */
export function rolesMenu(principal: Principal): string {
  if (isTrusted(principal)) {
    return `Admin > People & Permissions > Authorized Organizations > ${principal.homeOrganization?.name ?? "the home organization"} (in organization ${principal.organization?.name ?? "this one"})`;
  }
  return principal.kind === "user"
    ? `Admin > People & Permissions > People > ${principal.user?.name ?? "the user"} > Roles`
    : `${clientMenu(principal)} > Roles`;
}

/** Returns the menu for the scopes of the principal's OAuth client, or of any client if `principal` is null. */
export function scopesMenu(principal: Principal | null): string {
  return `${clientMenu(principal)} > Scope`;
}

/**
 * Returns the menu for the settings and state of the principal's OAuth client, or of any client if `principal` is
 * null.
 */
export function clientMenu(principal: Principal | null): string {
  return `Admin > Integrations > OAuth > ${principal?.client?.name ?? "the client"}`;
}

/** The menu for assigning roles when it is unknown whether the token belongs to a client or a user. */
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

/** Returns the menu's path in the new navigation; null when it did not move. */
export function newNavigation(menuPath: string): string | null {
  const [, rest] =
    /^Admin > Integrations > ((?:OAuth|Authorized Applications)(?: > .*)?)$/s.exec(menuPath) ?? [];
  return rest === undefined ? null : `Menu > IT and Integrations > ${rest}`;
}
