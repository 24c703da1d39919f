import type { Authority, Grant, Organization } from "./organization.ts";

/**
 * Changes roles or grants. Reads show the change immediately, but it is enforced only after `delayMs`, because the
 * platform's authorization service is eventually consistent.
 */
export function changeAuthority(
  organization: Organization,
  nowMs: number,
  delayMs: number,
  change: (authority: Authority) => void,
): void {
  if (delayMs === 0 && organization.pendingAuthority.length === 0) {
    change(organization.authority);
    return;
  }
  const next: Authority = {
    roles: new Map(organization.authority.roles),
    grants: new Map(organization.authority.grants),
    groups: new Map(organization.authority.groups),
  };
  change(next);
  organization.authority = next;
  organization.pendingAuthority = [
    ...organization.pendingAuthority,
    { atMs: nowMs + delayMs, authority: next },
  ];
}

/** Returns the roles and grants that are enforced at `nowMs`. */
export function enforcedAuthority(organization: Organization, nowMs: number): Authority {
  const pending = organization.pendingAuthority;
  if (pending.length === 0) return organization.enforcedAuthority;
  const due = pending.findLastIndex((each) => each.atMs <= nowMs);
  const latest = pending[due];
  if (latest !== undefined) {
    organization.enforcedAuthority = latest.authority;
    organization.pendingAuthority = pending.slice(due + 1);
  }
  return organization.enforcedAuthority;
}

/** A grant, and the subject that received it: the holder itself, or one of its groups. */
export interface HeldGrant extends Grant {
  readonly subjectId: string;
}

/** Returns the grants that a subject holds directly or through its groups. */
export function heldGrants({ grants, groups }: Authority, subjectId: string): readonly HeldGrant[] {
  const subjects = [
    subjectId,
    ...[...groups.values()].filter(({ memberIds }) => memberIds.includes(subjectId)).map(({ id }) => id),
  ];
  return subjects.flatMap((id) => (grants.get(id) ?? []).map((grant) => ({ ...grant, subjectId: id })));
}

/** Adds a grant. Granting a role again in the same division replaces the earlier grant. */
export function addGrant(authority: Authority, subjectId: string, grant: Grant): void {
  const others = withoutGrant(authority.grants.get(subjectId) ?? [], grant.roleId, grant.divisionId);
  authority.grants.set(subjectId, [...others, grant]);
}

/** Removes a role in a division. Returns false when it was not granted. */
export function removeGrant(
  authority: Authority,
  subjectId: string,
  roleId: string,
  divisionId: string,
): boolean {
  const held = authority.grants.get(subjectId) ?? [];
  const left = withoutGrant(held, roleId, divisionId);
  authority.grants.set(subjectId, left);
  return left.length < held.length;
}

function withoutGrant(grants: readonly Grant[], roleId: string, divisionId: string): readonly Grant[] {
  return grants.filter((grant) => grant.roleId !== roleId || grant.divisionId !== divisionId);
}
