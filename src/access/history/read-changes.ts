import type { Audit } from "../../platform/audits/audit.ts";
import type { AuditKind } from "../../platform/audits/audit-query.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import type { AuditedChange, ChangeEffect } from "./audited-change.ts";
import { grantEffect, grantKeyOf, type Memberships, membershipIn } from "./member-changes.ts";
import { permissionsInValues } from "./permission-values.ts";

/** Kinds of audits that a history requires. Every organization has them. */
export const NEEDED_AUDITS: readonly AuditKind[] = [
  {
    service: "PeoplePermissions",
    entityType: "Role",
    actions: ["Create", "Update", "MemberAdd", "MemberRemove"],
  },
  { service: "PeoplePermissions", entityType: "OAuthClient", actions: ["Update"] },
];

/**
 * Kinds of audits that are read only if the organization's audit service lists them. Which organizations have
 * them is not documented.
 */
export const OPTIONAL_AUDITS = {
  policies: { service: "PeoplePermissions", entityType: "Policy", actions: ["Create", "Update", "Delete"] },
  groups: { service: "Groups", entityType: "DirectoryGroup", actions: ["MemberAdd", "MemberRemove"] },
  users: { service: "Directory", entityType: "User", actions: ["Update"] },
} as const satisfies Readonly<Record<string, AuditKind>>;

/** Matches role properties that affect no verdict. */
const NEUTRAL_ROLE_PROPERTY = /^(?:name|description|version|usercount|date\w*|modified\w*)$/i;
/**
 * Matches OAuth client properties that affect no verdict. Replacing the secret, for example, does not change
 * access.
 */
const NEUTRAL_CLIENT_PROPERTY =
  /^(?:name|description|version|secret|registeredredirecturi|accesstokenvalidityseconds|date\w*|modified\w*)$/i;

/** Returns the id that a principal's roles are granted to; null when it is unknown. */
export function subjectIdOf({ kind, user, client }: Principal): string | null {
  return (kind === "client" ? client?.id : user?.id) ?? null;
}

/**
 * Returns the audited changes that may affect a principal, newest first: changes to its grants, to roles that it
 * holds or held, to its OAuth client, to its groups, and to access policies. Includes deleted roles, because the
 * principal may have held them.
 * @param memberships the groups of a user; null for a client, or when the groups are unknown
 */
export function readChanges(
  audits: readonly Audit[],
  principal: Principal,
  memberships: Memberships | null = null,
): readonly AuditedChange[] {
  const unique = new Map(audits.map((audit, index) => [audit.id ?? `no id ${index}`, audit]));
  const newestFirst = [...unique.values()]
    .filter(({ hasFailed, action }) => !hasFailed && !/^(?:view|read)/i.test(action))
    .toSorted((a, b) => b.atMs - a.atMs || ageIn(a) - ageIn(b));
  const past: Past = {
    subjectId: subjectIdOf(principal),
    groups: memberships === null ? null : new Set(memberships.groupIds),
    formerGrants: memberships?.formerGrants ?? new Map(),
    regranted: new Set(),
  };
  const changes = newestFirst.flatMap((audit) => {
    const effect = effectOf(audit, principal, past);
    if (effect === null) return [];
    const { id, atMs, actor, entityType, action, entityId, entityName } = audit;
    return [{ id, atMs, actor, entityType, action, entity: { id: entityId, name: entityName }, effect }];
  });
  const held = new Set([
    ...(principal.grants ?? []).map(({ role }) => role.id),
    ...changes.flatMap(({ effect }) => rolesIn(effect)),
  ]);
  return changes.filter(({ entityType, entity, effect }) =>
    entityType !== "Role" || effect.kind === "granted" || effect.kind === "revoked"
      ? true
      : entity.id !== null && held.has(entity.id),
  );
}

/** The principal's state at the time of the audit being examined. Audits are examined newest first. */
interface Past {
  readonly subjectId: string | null;
  /** The user's groups at that time; null when they are unknown. */
  readonly groups: Set<string> | null;
  readonly formerGrants: Memberships["formerGrants"];
  /** Subjects whose grants changed later. Their grants at that time were different. */
  readonly regranted: Set<string>;
}

function rolesIn(effect: ChangeEffect): readonly string[] {
  switch (effect.kind) {
    case "granted":
    case "revoked":
    case "role-deleted":
      return [effect.roleId];
    case "left":
      return effect.grants?.map(({ role }) => role.id) ?? [];
    default:
      return [];
  }
}

/** Returns the sort key of changes in the same millisecond: deletions count as newest, creations as oldest. */
function ageIn({ action, entityType }: Audit): number {
  if (/^delete$/i.test(action)) return 0;
  if (!/^create$/i.test(action)) return 1;
  return entityType === "OAuthClient" ? 3 : 2;
}

/** Returns the effect of an audit on the principal; null when it affects only others. */
function effectOf(audit: Audit, principal: Principal, past: Past): ChangeEffect | null {
  const { entityType, entityId, action } = audit;
  switch (entityType) {
    case "OAuthClient":
      return entityId === principal.client?.id ? clientEffect(audit) : null;
    case "Role":
      return /^member/i.test(action) ? memberEffect(audit, past) : roleEffect(audit);
    case "Policy":
      return entityId === null ? null : policyEffect(audit, entityId);
    case "DirectoryGroup":
      return groupEffect(audit, principal, past);
    case "User":
      return entityId !== null && entityId === principal.user?.id ? userEffect(audit) : null;
    default:
      return null;
  }
}

function memberEffect(audit: Audit, { subjectId, groups, regranted }: Past): ChangeEffect | null {
  const key = grantKeyOf(audit);
  if (subjectId !== null && key.subjectId === subjectId) return grantEffect(audit, null);
  regranted.add(key.subjectId);
  return groups?.has(key.subjectId) === true ? grantEffect(audit, key.subjectId) : null;
}

function groupEffect(audit: Audit, { kind, user }: Principal, past: Past): ChangeEffect | null {
  const change = kind === "user" && user !== null ? membershipIn(audit, user.id) : null;
  if (change === null) return null;
  const { groupId } = change;
  const { groups, regranted, formerGrants } = past;
  // Without the user's current groups, it is unknown which grants came from a group.
  if (groups === null) return { kind: "unstated" };
  if (change.kind === "unstated") {
    // An audit that names no member may be about the user leaving a group with grants.
    const mayHaveLeft = !/add$/i.test(audit.action) && !isWithoutGrants(groupId, past);
    return groups.has(groupId) || mayHaveLeft ? { kind: "unstated" } : null;
  }
  if (change.kind === "joined") {
    groups.delete(groupId);
    return { kind: "joined", groupId };
  }
  groups.add(groupId);
  const grants = regranted.has(groupId) ? null : (formerGrants.get(groupId) ?? null);
  return { kind: "left", groupId, grants };
}

function isWithoutGrants(groupId: string, { regranted, formerGrants }: Past): boolean {
  return !regranted.has(groupId) && formerGrants.get(groupId)?.length === 0;
}

function policyEffect({ action, properties }: Audit, policyId: string): ChangeEffect {
  if (/^create$/i.test(action)) return { kind: "policy-created", policyId };
  const isIdle =
    properties.length > 0 && properties.every(({ property }) => NEUTRAL_ROLE_PROPERTY.test(property));
  return isIdle ? { kind: "none" } : { kind: "policy-changed", policyId };
}

/**
 * Returns the effect of a change to a user. An inactive user has no token. Other properties of a user affect no
 * verdict.
 */
function userEffect({ action, properties }: Audit): ChangeEffect {
  const isOfState =
    /^(?:activate|deactivate|delete|restore)/i.test(action) ||
    properties.some(({ property }) => /^(?:state|status|active)$/i.test(property));
  return { kind: isOfState || properties.length === 0 ? "unstated" : "none" };
}

/** Returns the effect of a change to a role; null for a role without an id. */
function roleEffect({ action, entityId: roleId, entityName, properties }: Audit): ChangeEffect | null {
  if (roleId === null) return null;
  if (/^create$/i.test(action)) return { kind: "role-created", roleId };
  const relevant = properties.filter(({ property }) => !NEUTRAL_ROLE_PROPERTY.test(property));
  const stated = relevant.every(({ property }) => /permission|polic/i.test(property));
  const before = stated ? permissionsInValues(relevant.flatMap(({ oldValues }) => oldValues)) : null;
  const after = stated ? permissionsInValues(relevant.flatMap(({ newValues }) => newValues)) : null;
  if (/^delete$/i.test(action)) {
    return {
      kind: "role-deleted",
      roleId,
      name: entityName,
      permissions: relevant.length > 0 ? before : null,
    };
  }
  if (properties.length > 0 && relevant.length === 0) return { kind: "none" };
  if (before === null || after === null || before.length + after.length === 0) {
    return { kind: "role-unstated", roleId };
  }
  return {
    kind: "role",
    roleId,
    added: after.filter((name) => !before.includes(name)),
    removed: before.filter((name) => !after.includes(name)),
  };
}

function clientEffect({ action, properties }: Audit): ChangeEffect {
  if (/^create$/i.test(action)) return { kind: "client-created" };
  if (!/^update$/i.test(action)) return { kind: "unstated" };
  const relevant = properties.filter(({ property }) => !NEUTRAL_CLIENT_PROPERTY.test(property));
  if (properties.length > 0 && relevant.length === 0) return { kind: "none" };
  const scope = relevant.find(({ property }) => /^scopes?$/i.test(property));
  const state = relevant.find(({ property }) => /^state$/i.test(property));
  const stated = [scope, state].filter((each) => each !== undefined);
  if (stated.length === 0 || stated.length < relevant.length) return { kind: "unstated" };
  const { oldValues = [], newValues = [] } = scope ?? {};
  return {
    kind: "client",
    added: newValues.filter((name) => !oldValues.includes(name)),
    removed: oldValues.filter((name) => !newValues.includes(name)),
    state:
      state === undefined ? null : { before: state.oldValues[0] ?? null, after: state.newValues[0] ?? null },
  };
}
