import type { AccessPolicy, Division, Grant, Principal, Role } from "../../platform/reading/principal.ts";
import type { ChangeEffect } from "./audited-change.ts";
import {
  divisionOf,
  grantOf,
  grantsOf,
  idOf,
  permissionsIn,
  roleIn,
  withGrants,
  withKnownRole,
  withoutRole,
  withRole,
} from "./edit-principal.ts";
import { permissionsOf, withPermissions } from "./permission-values.ts";

/**
 * What a principal held at a point in time: at least `lower` and at most `upper`. Both are equal when the audits show
 * every change in full.
 */
export interface HoldingBounds {
  readonly lower: Principal;
  readonly upper: Principal;
}

/**
 * Why a change cannot be undone. `created`: the client did not exist before. `unstated`: the audit does not show
 * what changed. `contradiction`: the change does not fit what was held afterwards. `unread`: the grants are
 * unknown.
 */
export type UndoStop = "created" | "unstated" | "contradiction" | "unread";

/** Permissions that cover everything a role can contain. Used when the permissions of a role are unknown. */
const ANYTHING = ["*:*:*", "admin", "content_management_user"];
/** A placeholder for one unknown division. */
const SOME_DIVISION: Division = { id: "some division", name: null, isHome: null };

/** Returns what a principal held before a change, given what it held afterwards. */
export function undoChange(after: HoldingBounds, effect: ChangeEffect): HoldingBounds | UndoStop {
  if (effect.kind === "none") return after;
  if (effect.kind === "client-created") return "created";
  if (effect.kind === "unstated") return "unstated";
  if (effect.kind === "client") return undoClient(after, effect);
  if (effect.kind === "policy-created" || effect.kind === "policy-changed") return undoPolicy(after, effect);
  if (after.lower.grants === null) return "unread";
  switch (effect.kind) {
    case "role":
      return undoRole(after, effect);
    case "role-unstated": {
      const change = (principal: Principal, edit: (role: Role) => Role) =>
        withRole(principal, effect.roleId, edit);
      return {
        lower: change(after.lower, emptied),
        upper: change(after.upper, (role) => withPermissions(role, [...permissionsOf(role), ...ANYTHING])),
      };
    }
    case "role-created":
      if (grantsOf(after.lower, effect.roleId).length > 0) return "contradiction";
      return bothSides(after, (principal) => withoutRole(principal, effect.roleId));
    case "role-deleted":
      return undoDeletion(after, effect);
    case "granted":
      return undoGrant(after, effect);
    case "revoked":
      return undoRevocation(after, effect);
    case "joined":
      return bothSides(after, (principal) =>
        withGrants(principal, (grants) => grants.filter(({ groupId }) => groupId !== effect.groupId)),
      );
    case "left":
      return undoLeaving(after, effect);
  }
}

function undoRole(
  { lower, upper }: HoldingBounds,
  { roleId, added, removed }: Extract<ChangeEffect, { kind: "role" }>,
): HoldingBounds | UndoStop {
  const most = permissionsIn(upper, roleId);
  const least = permissionsIn(lower, roleId);
  const isOpen = most?.includes("*:*:*") ?? true;
  if (!isOpen && added.some((name) => most?.includes(name) !== true)) return "contradiction";
  if (removed.some((name) => least?.includes(name) === true)) return "contradiction";
  return bothSides({ lower, upper }, (principal) =>
    withRole(principal, roleId, (role) =>
      withPermissions(role, [...permissionsOf(role).filter((name) => !added.includes(name)), ...removed]),
    ),
  );
}

function undoDeletion(
  { lower, upper }: HoldingBounds,
  { roleId, name, permissions }: Extract<ChangeEffect, { kind: "role-deleted" }>,
): HoldingBounds | UndoStop {
  if (permissionsIn(lower, roleId) !== null) return "contradiction";
  const blank: Role = { id: roleId, name, policies: [] };
  const most = withPermissions(blank, permissions ?? ANYTHING);
  return {
    lower: withKnownRole(lower, withPermissions(blank, permissions ?? [])),
    // The audit does not show whether the principal held the deleted role.
    upper: withGrants(withKnownRole(upper, most), (grants) => [...grants, grantOf(most, "*")]),
  };
}

function undoGrant(
  after: HoldingBounds,
  { roleId, divisions, groupId }: Extract<ChangeEffect, { kind: "granted" | "revoked" }>,
): HoldingBounds | UndoStop {
  const isOfIt = ({ role, groupId: origin }: Grant) => role.id === roleId && origin === groupId;
  const possible = (after.upper.grants ?? []).filter(isOfIt);
  if (divisions === null) {
    if (possible.length === 0) return "contradiction";
    const without = (principal: Principal) =>
      withGrants(principal, (grants) => grants.filter((grant) => !isOfIt(grant)));
    // The audit does not show which of several grants was added.
    return { lower: without(after.lower), upper: possible.length === 1 ? without(after.upper) : after.upper };
  }
  const isHeld = (id: string) => possible.some(({ division }) => idOf(division) === id);
  if (!divisions.every(isHeld)) return "contradiction";
  return bothSides(after, (principal) =>
    withGrants(principal, (grants) =>
      grants.filter((grant) => !isOfIt(grant) || !divisions.includes(idOf(grant.division))),
    ),
  );
}

function undoRevocation(
  { lower, upper }: HoldingBounds,
  { roleId, divisions, groupId }: Extract<ChangeEffect, { kind: "granted" | "revoked" }>,
): HoldingBounds | UndoStop {
  const blank: Role = { id: roleId, name: null, policies: [] };
  const place = groupId === undefined ? {} : { groupId };
  const least = roleIn(lower, roleId) ?? blank;
  const most = roleIn(upper, roleId) ?? withPermissions(blank, ANYTHING);
  const add = (principal: Principal, role: Role, places: readonly Grant["division"][]) =>
    withGrants(principal, (grants) => [
      ...grants,
      ...places.map((division) => ({ ...grantOf(role, division), ...place })),
    ]);
  if (divisions === null) {
    return { lower: add(lower, least, [SOME_DIVISION]), upper: add(upper, most, ["*"]) };
  }
  const certain = grantsOf(lower, roleId)
    .filter((grant) => grant.groupId === groupId)
    .map(({ division }) => idOf(division));
  if (divisions.some((id) => certain.includes(id))) return "contradiction";
  const places = divisions.map((id) => divisionOf(lower, id));
  return { lower: add(lower, least, places), upper: add(upper, most, places) };
}

function undoLeaving(
  { lower, upper }: HoldingBounds,
  { groupId, grants }: Extract<ChangeEffect, { kind: "left" }>,
): HoldingBounds {
  const anything = withPermissions({ id: groupId, name: null, policies: [] }, ANYTHING);
  const add = (principal: Principal, more: readonly Grant[]) =>
    withGrants(principal, (held) => [...held, ...more.map((grant) => ({ ...grant, groupId }))]);
  // The role may have had other permissions at that time. Undoing the role's own audits accounts for that.
  const had = (principal: Principal) =>
    (grants ?? []).map((grant) => ({ ...grant, role: roleIn(principal, grant.role.id) ?? grant.role }));
  return grants === null
    ? { lower, upper: add(upper, [grantOf(anything, "*")]) }
    : { lower: add(lower, had(lower)), upper: add(upper, had(upper)) };
}

/** Undoes a change to an access policy. Before the change, the policy may have denied everything or nothing. */
function undoPolicy(
  after: HoldingBounds,
  { kind, policyId }: Extract<ChangeEffect, { kind: "policy-created" | "policy-changed" }>,
): HoldingBounds {
  const without = (principal: Principal, more: readonly AccessPolicy[] = []): Principal => {
    const { accessPolicies } = principal;
    const others = accessPolicies?.filter(({ id }) => id !== policyId);
    return { ...principal, accessPolicies: others === undefined ? null : [...others, ...more] };
  };
  if (kind === "policy-created") return bothSides(after, without);
  const denial = { effect: "DENY", isEnabled: true, appliesToClients: true, hasCondition: false };
  return {
    lower: without(after.lower, [{ id: policyId, name: null, target: "*:*:*", ...denial }]),
    upper: without(after.upper),
  };
}

function undoClient(
  after: HoldingBounds,
  { added, removed, state }: Extract<ChangeEffect, { kind: "client" }>,
): HoldingBounds | UndoStop {
  const now = after.lower.client?.state?.toLowerCase();
  if (state?.after != null && now !== undefined && now !== state.after.toLowerCase()) return "contradiction";
  const undone = (principal: Principal, isUpper: boolean): Principal => {
    const { client, scopes, kind } = principal;
    const kept = scopes?.filter((scope) => !added.includes(scope)) ?? null;
    // By default, a login gets every scope of its client, but it can request fewer.
    const hasAll = client?.scopes?.every((scope) => scopes?.includes(scope)) ?? false;
    return {
      ...principal,
      client:
        client === null
          ? null
          : {
              ...client,
              state: state === null ? client.state : state.before,
              scopes: client.scopes === null ? null : edited(client.scopes, added, removed),
            },
      scopes: kind !== "user" || kept === null ? scopes : isUpper || hasAll ? [...kept, ...removed] : kept,
    };
  };
  return { lower: undone(after.lower, false), upper: undone(after.upper, true) };
}

function edited(
  names: readonly string[],
  added: readonly string[],
  removed: readonly string[],
): readonly string[] {
  return [...new Set([...names.filter((name) => !added.includes(name)), ...removed])];
}

function bothSides(
  { lower, upper }: HoldingBounds,
  change: (principal: Principal) => Principal,
): HoldingBounds {
  const changed = change(lower);
  return { lower: changed, upper: upper === lower ? changed : change(upper) };
}

function emptied(role: Role): Role {
  return { ...role, policies: [], legacyPermissions: [] };
}
