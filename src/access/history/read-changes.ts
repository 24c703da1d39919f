import type { Audit, AuditedProperty } from "../../platform/audits/audit.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import type { AuditedChange, ChangeEffect } from "./audited-change.ts";
import { permissionsInValues } from "./permission-values.ts";

/** Actions by entity type that a history depends on. */
export const WANTED_AUDITS: Readonly<Record<string, readonly string[]>> = {
  Role: ["Create", "Update", "MemberAdd", "MemberRemove"],
  OAuthClient: ["Update"],
};

/** Properties of a role that affect no verdict. */
const IDLE_ROLE = /^(?:name|description|version|usercount|date\w*|modified\w*)$/i;
/**
 * Properties of an OAuth client that affect no verdict. Its secret can be replaced without changing its
 * access.
 */
const IDLE_CLIENT =
  /^(?:name|description|version|secret|registeredredirecturi|accesstokenvalidityseconds|date\w*|modified\w*)$/i;

/** Returns the id under which roles are granted to a principal; null when it is not known. */
export function subjectIdOf({ kind, user, client }: Principal): string | null {
  return (kind === "client" ? client?.id : user?.id) ?? null;
}

/**
 * Returns the audited changes around a principal, newest first: those of its grants, of every role that it holds or
 * held, and of its OAuth client. A deleted role counts, because it may have been held.
 */
export function readChanges(audits: readonly Audit[], principal: Principal): readonly AuditedChange[] {
  const subjectId = subjectIdOf(principal);
  const unique = new Map(audits.map((audit, index) => [audit.id ?? `no id ${index}`, audit]));
  const changes = [...unique.values()]
    .filter(({ hasFailed, action }) => !hasFailed && !/^(?:view|read)/i.test(action))
    .flatMap((audit) => changeIn(audit, principal, subjectId) ?? [])
    .toSorted((a, b) => b.atMs - a.atMs || ageIn(a) - ageIn(b));
  const held = new Set([
    ...(principal.grants ?? []).map(({ role }) => role.id),
    ...changes.flatMap(({ effect }) =>
      effect.kind === "granted" || effect.kind === "revoked" || effect.kind === "role-deleted"
        ? [effect.roleId]
        : [],
    ),
  ]);
  return changes.filter(({ entityType, entity, effect }) =>
    entityType !== "Role" || effect.kind === "granted" || effect.kind === "revoked"
      ? true
      : entity.id !== null && held.has(entity.id),
  );
}

/** Order of changes in the same millisecond: creations first and deletions last. */
function ageIn({ effect }: AuditedChange): number {
  if (effect.kind === "role-deleted") return 0;
  return effect.kind === "role-created" ? 2 : effect.kind === "client-created" ? 3 : 1;
}

function changeIn(audit: Audit, principal: Principal, subjectId: string | null): AuditedChange | null {
  const effect =
    audit.entityType === "OAuthClient"
      ? audit.entityId === principal.client?.id
        ? clientEffect(audit)
        : null
      : audit.entityType === "Role"
        ? roleEffect(audit, subjectId)
        : null;
  if (effect === null) return null;
  const { id, atMs, actor, entityType, action, entityId, entityName } = audit;
  return { id, atMs, actor, entityType, action, entity: { id: entityId, name: entityName }, effect };
}

/** Null for a change of another subject's grants, and for a role without an id. */
function roleEffect(audit: Audit, subjectId: string | null): ChangeEffect | null {
  const { action, entityId: roleId, entityName, properties } = audit;
  if (/^member/i.test(action)) return memberEffect(audit, subjectId);
  if (roleId === null) return null;
  if (/^create$/i.test(action)) return { kind: "role-created", roleId };
  const relevant = properties.filter(({ property }) => !IDLE_ROLE.test(property));
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

/** The name of the entity is the key of the grant: ids of subject, role and organization, between two hyphens each. */
function memberEffect(
  { action, entityName, entityId, properties }: Audit,
  subjectId: string | null,
): ChangeEffect | null {
  const [subject, role = entityId] = (entityName ?? "").split("--");
  if (subjectId === null || subject !== subjectId || role === null) return null;
  const named = properties.filter(({ property }) => /division/i.test(property));
  const divisionsIn = (pick: (property: AuditedProperty) => readonly string[]) => {
    const ids = named.flatMap(pick);
    return ids.length === 0 ? null : ids;
  };
  if (/^memberadd$/i.test(action)) {
    return { kind: "granted", roleId: role, divisions: divisionsIn(({ newValues }) => newValues) };
  }
  if (/^memberremove$/i.test(action)) {
    return { kind: "revoked", roleId: role, divisions: divisionsIn(({ oldValues }) => oldValues) };
  }
  return { kind: "unstated" };
}

function clientEffect({ action, properties }: Audit): ChangeEffect {
  if (/^create$/i.test(action)) return { kind: "client-created" };
  if (!/^update$/i.test(action)) return { kind: "unstated" };
  const relevant = properties.filter(({ property }) => !IDLE_CLIENT.test(property));
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
