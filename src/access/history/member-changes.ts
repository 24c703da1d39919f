import type { Audit, AuditedProperty } from "../../platform/audits/audit.ts";
import type { Grant } from "../../platform/reading/principal.ts";
import type { ChangeEffect } from "./audited-change.ts";

/** The groups that a user belongs to. Roles of a group are the user's as well. */
export interface Memberships {
  /** Ids of the groups of the user now. */
  readonly groupIds: readonly string[];
  /** Current grants of groups that the user left, by id; absent where they are not known. */
  readonly formerGrants: ReadonlyMap<string, readonly Grant[]>;
}

type Membership = Extract<ChangeEffect, { kind: "granted" | "revoked" | "unstated" }>;

/** The name of the entity is the key of the grant: ids of subject, role and organization, between two hyphens each. */
export function grantKeyOf({ entityName, entityId }: Audit): {
  readonly subjectId: string;
  readonly roleId: string | null;
} {
  const [subjectId = "", roleId = entityId] = (entityName ?? "").split("--");
  return { subjectId, roleId };
}

/** Returns the effect of a granted or revoked role; null for a role without an id. */
export function grantEffect(audit: Audit, groupId: string | null): Membership | null {
  const { action, properties } = audit;
  const { roleId } = grantKeyOf(audit);
  if (roleId === null) return null;
  const named = properties.filter(({ property }) => /division/i.test(property));
  const divisionsIn = (pick: (property: AuditedProperty) => readonly string[]) => {
    const ids = named.flatMap(pick);
    return ids.length === 0 ? null : ids;
  };
  const place = groupId === null ? {} : { groupId };
  if (/^memberadd$/i.test(action)) {
    return { kind: "granted", roleId, divisions: divisionsIn(({ newValues }) => newValues), ...place };
  }
  if (/^memberremove$/i.test(action)) {
    return { kind: "revoked", roleId, divisions: divisionsIn(({ oldValues }) => oldValues), ...place };
  }
  return { kind: "unstated" };
}

/**
 * Returns whether a user joined or left the group that an audit is about: `unstated` when the audit does not
 * list the members, null when it lists only other users.
 */
export function membershipIn(
  { action, entityId, properties }: Audit,
  userId: string,
): { readonly kind: "joined" | "left" | "unstated"; readonly groupId: string } | null {
  if (entityId === null || !/^(?:member|update|delete)/i.test(action)) return null;
  const named = (pick: (property: AuditedProperty) => readonly string[]) =>
    properties.some((property) => pick(property).some((value) => value.includes(userId)));
  const [wasIn, isIn] = [named(({ oldValues }) => oldValues), named(({ newValues }) => newValues)];
  if (wasIn !== isIn) return { kind: isIn ? "joined" : "left", groupId: entityId };
  const isNamed = properties.some(({ property }) => /member|user/i.test(property));
  // A group update that lists no members, or only those who stay, changes no one's roles.
  if (isNamed || !/^(?:member|delete)/i.test(action)) return null;
  return { kind: "unstated", groupId: entityId };
}
