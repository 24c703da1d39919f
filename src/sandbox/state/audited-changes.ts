import {
  type AuditActor,
  changeOf,
  memberEntity,
  type PropertyChange,
  type RecordedAudit,
} from "./audit-trail.ts";
import type { AccessPolicy, OAuthClient, Organization, Role, UserGroup } from "./organization.ts";

/** A change that has no id yet. */
type Change = Omit<RecordedAudit, "id">;

/** The organization, time and author of a change. */
export interface AuditedAt {
  readonly organization: Pick<Organization, "id">;
  readonly atMs: number;
  readonly actor: AuditActor;
}

/** Returns the audit of a new, changed or deleted role; null when nothing changed. */
export function roleAudit(at: AuditedAt, before: Role | null, after: Role | null): Change | null {
  const role = after ?? before;
  if (role === null) return null;
  const changes = isPlain(before) && isPlain(after) ? permissionChanges(before, after) : [];
  if (before !== null && after !== null && JSON.stringify(before) === JSON.stringify(after)) return null;
  return {
    ...circumstances(at),
    entityType: "Role",
    action: before === null ? "Create" : after === null ? "Delete" : "Update",
    entity: { id: role.id, name: role.name },
    changes,
  };
}

/** Returns the audit of a role that a subject gains or loses in a division. */
export function grantAudit(
  at: AuditedAt,
  action: "MemberAdd" | "MemberRemove",
  { subjectId, roleId, divisionId }: Readonly<Record<"subjectId" | "roleId" | "divisionId", string>>,
): Change {
  const divisions = [divisionId];
  return {
    ...circumstances(at),
    entityType: "Role",
    action,
    entity: memberEntity(roleId, subjectId, at.organization.id),
    changes:
      action === "MemberAdd" ? changeOf("divisions", [], divisions) : changeOf("divisions", divisions, []),
  };
}

/** Returns the audit of a new or changed OAuth client; null when no audited property changed. It contains no secret. */
export function clientAudit(at: AuditedAt, before: OAuthClient | null, after: OAuthClient): Change | null {
  const valuesOf = (client: OAuthClient | null) => ({
    scope: client?.scope ?? [],
    state: client === null ? [] : [client.state],
    allowedIpRanges: client?.allowedIpRanges ?? [],
    registeredRedirectUri: client?.registeredRedirectUri ?? [],
  });
  const [old, current] = [valuesOf(before), valuesOf(after)];
  const changes = (["scope", "state", "allowedIpRanges", "registeredRedirectUri"] as const).flatMap(
    (property) => changeOf(property, old[property], current[property]),
  );
  if (before !== null && changes.length === 0) return null;
  return {
    ...circumstances(at),
    entityType: "OAuthClient",
    action: before === null ? "Create" : "Update",
    entity: { id: after.id, name: after.name },
    changes,
  };
}

/**
 * Returns the audit of a new, changed or deleted access policy. It contains no properties, because their format is not
 * published.
 */
export function policyAudit(
  at: AuditedAt,
  policy: AccessPolicy,
  action: "Create" | "Update" | "Delete",
): Change {
  const entity = { id: policy.id, name: policy.name };
  return { ...circumstances(at), entityType: "Policy", action, entity, changes: [] };
}

/** Returns the audits of the users who joined or left a group. */
export function groupAudits(at: AuditedAt, before: UserGroup | null, after: UserGroup): readonly Change[] {
  const [old, current] = [before?.memberIds ?? [], after.memberIds];
  const changed = (action: "MemberAdd" | "MemberRemove", ids: readonly string[]): readonly Change[] =>
    ids.map((id) => ({
      ...circumstances(at),
      entityType: "DirectoryGroup",
      action,
      entity: { id: after.id, name: after.name },
      changes: action === "MemberAdd" ? changeOf("members", [], [id]) : changeOf("members", [id], []),
    }));
  return [
    ...changed(
      "MemberRemove",
      old.filter((id) => !current.includes(id)),
    ),
    ...changed(
      "MemberAdd",
      current.filter((id) => !old.includes(id)),
    ),
  ];
}

function circumstances({
  organization,
  atMs,
  actor,
}: AuditedAt): Pick<Change, "organizationId" | "atMs" | "actor"> {
  return { organizationId: organization.id, atMs, actor };
}

/**
 * Returns whether a list of permission names describes the role completely, which it does not if the role has a
 * condition.
 */
function isPlain(role: Role | null): boolean {
  return role === null || role.permissionPolicies.every((policy) => policy.resourceConditionNode === null);
}

function permissionChanges(before: Role | null, after: Role | null): readonly PropertyChange[] {
  return changeOf("permissions", permissionsIn(before), permissionsIn(after));
}

function permissionsIn(role: Role | null): readonly string[] {
  if (role === null) return [];
  const named = role.permissionPolicies.flatMap(({ domain, entityName, actionSet }) =>
    actionSet.map((action) => `${domain}:${entityName}:${action}`),
  );
  return [...new Set([...named, ...(role.legacyPermissions ?? [])])].toSorted();
}
