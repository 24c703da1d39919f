import { namedId } from "./sequence.ts";

/** The author of a change: a user, an OAuth client, or the platform itself. */
export type AuditActor =
  | { readonly kind: "user" | "client"; readonly id: string }
  | { readonly kind: "system"; readonly id: null };

/** A property with its values before and after a change. */
export interface PropertyChange {
  readonly property: string;
  readonly oldValues: readonly string[];
  readonly newValues: readonly string[];
}

/** One audited change of a role, a grant, an OAuth client, an access policy or a group. */
export interface RecordedAudit {
  readonly id: string;
  readonly organizationId: string;
  /** Time of the change in milliseconds since the Unix epoch. */
  readonly atMs: number;
  readonly actor: AuditActor;
  readonly entityType: "Role" | "OAuthClient" | "Policy" | "DirectoryGroup";
  readonly action: "Create" | "Update" | "Delete" | "MemberAdd" | "MemberRemove";
  readonly entity: { readonly id: string; readonly name: string };
  readonly changes: readonly PropertyChange[];
}

/** Audited changes, in the order in which they were recorded. */
export type AuditTrail = RecordedAudit[];

/** Appends a change. Its id depends only on the seed and on the number of changes before it. */
export function recordAudit(trail: AuditTrail, seed: number, change: Omit<RecordedAudit, "id">): void {
  trail.push({ ...change, id: namedId(seed, `audit ${trail.length}`) });
}

/**
 * Returns the entity of a granted or revoked role. Its name consists of subject, role and organization, as in a real
 * organization's audits.
 */
export function memberEntity(
  roleId: string,
  subjectId: string,
  organizationId: string,
): RecordedAudit["entity"] {
  return { id: roleId, name: `${subjectId}--${roleId}--${organizationId}` };
}

/** Returns a property whose values changed, ignoring their order; empty when they did not. */
export function changeOf(
  property: string,
  oldValues: readonly string[],
  newValues: readonly string[],
): readonly PropertyChange[] {
  const isSame = oldValues.toSorted().join("\n") === newValues.toSorted().join("\n");
  return isSame ? [] : [{ property, oldValues, newValues }];
}
