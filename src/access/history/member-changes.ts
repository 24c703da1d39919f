import type { Audit, AuditedProperty } from "../../platform/audits/audit.ts";
import type { Grant } from "../../platform/reading/principal.ts";
import type { ChangeEffect } from "./audited-change.ts";

/** The groups of a user. A user holds the roles of these groups. */
export interface Memberships {
  /** Ids of the user's current groups. */
  readonly groupIds: readonly string[];
  /**
   * Current grants of the groups that the user has left, by group id. A group is absent when its grants are
   * unknown.
   */
  readonly formerGrants: ReadonlyMap<string, readonly Grant[]>;
}

type Membership = Extract<ChangeEffect, { kind: "granted" | "revoked" | "unstated" }>;

/**
 * Parses the key of a grant from the entity name of an audit: the ids of subject, role and organization,
 * separated by two hyphens.
 */
export function grantKeyOf({ entityName, entityId }: Audit): {
  readonly subjectId: string;
  readonly roleId: string | null;
} {
  const [subjectId = "", roleId = entityId] = (entityName ?? "").split("--");
  return { subjectId, roleId };
}

/** Returns the effect of an audit about a granted or revoked role; null for a role without an id. */
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
 * Returns whether an audit shows that the user joined or left a group. `unstated` when an audit about members, or about
 * a deleted group, does not list them; null when the membership did not change.
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
  // An update of a group that lists no members, or only members who stay, changes no membership.
  if (isNamed || !/^(?:member|delete)/i.test(action)) return null;
  return { kind: "unstated", groupId: entityId };
}
