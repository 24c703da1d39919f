import type { PermissionPolicy, Principal } from "../../platform/reading/principal.ts";
import { type Doubt, type Holding, legacyGrants, stateOf } from "./holdings.ts";

/**
 * Returns how a legacy permission without colons, such as `admin`, is held. Roles list these permissions separately
 * from their policies, and `users/me` lists them for a user. It is undocumented whether a wildcard policy grants them
 * too, so a matching wildcard makes the result unknown.
 */
export function legacyHolding(principal: Principal, permission: string, divisionId: string | null): Holding {
  const { grants, answers, ownedPermissions, divisions } = principal;
  const none = { permission, grants: [], conditionalGrants: [] };
  if (grants === null) {
    const ofUser = answers?.ofUser ?? null;
    if (ofUser === null) return { ...none, ...unknown("this token's grants could not be read") };
    const policies = ofUser.policies ?? [];
    const isOpen = policies.some((policy) => mayCover(policy, permission)) || ofUser.policies === null;
    if (!ofUser.names.includes(permission)) return { ...none, ...(isOpen ? unknown(WILDCARD) : ABSENT) };
    return { ...none, ...unknown("the divisions in which it is held could not be read") };
  }
  const holding = legacyGrants(grants, permission);
  if (holding.length > 0) {
    const owned = ownedPermissions?.get(permission) ?? null;
    const state = stateOf(holding, [], owned, divisions, divisionId);
    const doubt =
      state === "unknown" ? unknown("it is unknown whether divisions restrict this permission").doubt : null;
    return { ...none, grants: holding, state, doubt };
  }
  const unlisted = grants.find(({ role }) => role.legacyPermissions === undefined);
  const isOpen = grants.some(({ role }) => role.policies.some((policy) => mayCover(policy, permission)));
  const isListed = answers?.ofUser?.names.includes(permission) ?? null;
  if (unlisted === undefined || isListed === false) {
    return { ...none, ...(isOpen ? unknown(WILDCARD) : ABSENT) };
  }
  const { role } = unlisted;
  if (isListed === null) {
    return { ...none, ...unknown(unreadList(role.name ?? role.id), unreadRoles(principal)) };
  }
  // The user's list of permissions does not name divisions. The divisions are certain only if all roles apply
  // everywhere.
  return grants.every(({ division }) => division === "*")
    ? {
        ...none,
        state: "held",
        doubt: null,
        answer: `\`users/me\` lists \`${permission}\` among the user's permissions`,
      }
    : { ...none, ...unknown("the divisions in which it is held could not be read", unreadRoles(principal)) };
}

function unreadList(role: string): string {
  return `a legacy name, and the names that role "${role}" lists could not be read`;
}

/**
 * Returns which fact was not read that would contain the legacy names of the roles; null if the roles were read and the
 * response contained no such names.
 */
function unreadRoles({ unreadable }: Principal): Doubt["unread"] {
  return unreadable.some(({ what }) => what === "roles") ? "roles" : null;
}

const ABSENT = { state: "absent", doubt: null } as const;
const WILDCARD = "a legacy name, and it is not documented whether a wildcard covers it";

function mayCover({ domain }: PermissionPolicy, permission: string): boolean {
  return domain === "*" || domain === permission;
}

function unknown(reason: string, unread: Doubt["unread"] = null): Pick<Holding, "state" | "doubt"> {
  return { state: "unknown", doubt: { unread, reason } };
}
