import type { Division, Grant, Principal, Role } from "../../platform/reading/principal.ts";
import type { ChangeEffect } from "./audited-change.ts";
import { permissionsOf, withPermissions } from "./permission-values.ts";

/**
 * What a principal held at a time: at least `lower` and at most `upper`. Both are the same when the audits
 * state every change.
 */
export interface HoldingBounds {
  readonly lower: Principal;
  readonly upper: Principal;
}

/**
 * Why a change can't be undone: it is the first one, its content is not stated, or it does not fit what was
 * held afterwards.
 */
export type UndoStop = "created" | "unstated" | "contradiction" | "unread";

/** Everything that a role can contain, used when its permissions are not known. */
const ANYTHING = ["*:*:*", "admin", "content_management_user"];
/** Stands for one unknown division. */
const SOME_DIVISION: Division = { id: "some division", name: null, isHome: null };

/** Returns what a principal held before a change, from what it held after it. */
export function undoChange(after: HoldingBounds, effect: ChangeEffect): HoldingBounds | UndoStop {
  if (effect.kind === "none") return after;
  if (effect.kind === "client-created") return "created";
  if (effect.kind === "unstated") return "unstated";
  if (effect.kind === "client") return undoClient(after, effect);
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
      return undoGrant(after, effect.roleId, effect.divisions);
    case "revoked":
      return undoRevocation(after, effect.roleId, effect.divisions);
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
    // The audit does not state whether the principal held it.
    upper: withGrants(withKnownRole(upper, most), (grants) => [...grants, grantOf(most, "*")]),
  };
}

function undoGrant(
  after: HoldingBounds,
  roleId: string,
  divisions: readonly string[] | null,
): HoldingBounds | UndoStop {
  const possible = grantsOf(after.upper, roleId);
  if (divisions === null) {
    if (possible.length === 0) return "contradiction";
    const without = (principal: Principal) =>
      withGrants(principal, (grants) => grants.filter(({ role }) => role.id !== roleId));
    // The audit does not state which of several grants was the new one.
    return { lower: without(after.lower), upper: possible.length === 1 ? without(after.upper) : after.upper };
  }
  const isHeld = (id: string) => possible.some(({ division }) => idOf(division) === id);
  if (!divisions.every(isHeld)) return "contradiction";
  return bothSides(after, (principal) =>
    withGrants(principal, (grants) =>
      grants.filter(({ role, division }) => role.id !== roleId || !divisions.includes(idOf(division))),
    ),
  );
}

function undoRevocation(
  { lower, upper }: HoldingBounds,
  roleId: string,
  divisions: readonly string[] | null,
): HoldingBounds | UndoStop {
  const blank: Role = { id: roleId, name: null, policies: [] };
  const least = roleIn(lower, roleId) ?? blank;
  const most = roleIn(upper, roleId) ?? withPermissions(blank, ANYTHING);
  const add = (principal: Principal, role: Role, places: readonly Grant["division"][]) =>
    withGrants(principal, (grants) => [...grants, ...places.map((division) => grantOf(role, division))]);
  if (divisions === null) {
    return { lower: add(lower, least, [SOME_DIVISION]), upper: add(upper, most, ["*"]) };
  }
  const certain = grantsOf(lower, roleId).map(({ division }) => idOf(division));
  if (divisions.some((id) => certain.includes(id))) return "contradiction";
  const places = divisions.map((id) => divisionOf(lower, id));
  return { lower: add(lower, least, places), upper: add(upper, most, places) };
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
    // A login gets every scope of its client, unless it asks for fewer.
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

function roleIn({ roles, grants }: Principal, roleId: string): Role | null {
  const held = (grants ?? []).find(({ role }) => role.id === roleId)?.role;
  return held ?? roles?.find(({ id }) => id === roleId) ?? null;
}

function permissionsIn(principal: Principal, roleId: string): readonly string[] | null {
  const role = roleIn(principal, roleId);
  return role === null ? null : permissionsOf(role);
}

function grantsOf({ grants }: Principal, roleId: string): readonly Grant[] {
  return (grants ?? []).filter(({ role }) => role.id === roleId);
}

function withRole(principal: Principal, roleId: string, edit: (role: Role) => Role): Principal {
  const change = (role: Role) => (role.id === roleId ? edit(role) : role);
  return {
    ...principal,
    grants: principal.grants?.map((grant) => ({ ...grant, role: change(grant.role) })) ?? null,
    roles: principal.roles?.map(change) ?? null,
  };
}

function withKnownRole(principal: Principal, role: Role): Principal {
  return { ...principal, roles: [...(principal.roles ?? []), role] };
}

function withoutRole(principal: Principal, roleId: string): Principal {
  const changed = withGrants(principal, (grants) => grants.filter(({ role }) => role.id !== roleId));
  return { ...changed, roles: principal.roles?.filter(({ id }) => id !== roleId) ?? null };
}

function withGrants(principal: Principal, edit: (grants: readonly Grant[]) => readonly Grant[]): Principal {
  return { ...principal, grants: edit(principal.grants ?? []) };
}

function grantOf(role: Role, division: Grant["division"]): Grant {
  return { role, division, isRecent: false };
}

function idOf(division: Grant["division"]): string {
  return division === "*" ? "*" : division.id;
}

function divisionOf({ divisions }: Principal, id: string): Grant["division"] {
  if (id === "*") return "*";
  return divisions?.find((division) => division.id === id) ?? { id, name: null, isHome: null };
}
