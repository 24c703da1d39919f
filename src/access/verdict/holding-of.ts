import type { Principal } from "../../platform/reading/principal.ts";
import { answeredHolding } from "./answered-holding.ts";
import { grantsHolding, type Holding, splitPermission, stateOf } from "./holdings.ts";
import { legacyHolding } from "./legacy-holding.ts";

/**
 * Returns how the principal holds one permission in a division. When the division is unknown, the permission
 * must be held everywhere. A doubt makes the result worse, never better.
 */
export function holdingOf(principal: Principal, permission: string, divisionId: string | null): Holding {
  const none = { permission, grants: [], conditionalGrants: [] };
  const parts = splitPermission(permission);
  if (parts === null) return legacyHolding(principal, permission, divisionId);
  const owned = principal.ownedPermissions?.get(permission) ?? null;
  if (principal.ownedPermissions !== null && owned === null) {
    return { ...none, state: "unowned", doubt: null };
  }
  if (principal.grants === null) {
    const answered = answeredHolding(principal, permission, parts, divisionId);
    if (answered !== null) return { ...none, ...answered };
    return {
      ...none,
      state: "unknown",
      doubt: { unread: "grants", reason: "this token's grants could not be read" },
    };
  }

  const { grants, conditionalGrants } = grantsHolding(principal.grants, parts);
  const state = stateOf(grants, conditionalGrants, owned, principal.divisions, divisionId);
  if (principal.ownedPermissions === null && state !== "absent") {
    const reason =
      "the organization's permission catalog could not be read, so whether it owns this permission is unknown";
    const doubt = { unread: "permission catalogue" as const, reason };
    return { permission, state: "unknown", grants, conditionalGrants, doubt };
  }
  const doubt =
    state === "unknown"
      ? { unread: null, reason: "it is unknown whether divisions restrict this permission" }
      : null;
  return { permission, state, grants, conditionalGrants, doubt };
}
