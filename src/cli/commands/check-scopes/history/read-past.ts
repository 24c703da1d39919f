import { type Memberships, membershipIn } from "../../../../access/history/member-changes.ts";
import { NEEDED_AUDITS, OPTIONAL_AUDITS } from "../../../../access/history/read-changes.ts";
import type { Api } from "../../../../platform/api/api.ts";
import type { Audit } from "../../../../platform/audits/audit.ts";
import type { AuditKind } from "../../../../platform/audits/audit-query.ts";
import { type AuditsOfPeriod, readAudits, readListedKinds } from "../../../../platform/audits/read-audits.ts";
import { readGroupedGrants, readGroupGrants } from "../../../../platform/clients/memberships.ts";
import type { Polling } from "../../../../platform/reading/polling.ts";
import type { Grant, Principal } from "../../../../platform/reading/principal.ts";
import type { FailedReading, Reading } from "../../../../platform/reading/reading.ts";
import type { CheckHistory } from "./result.ts";

/** The audits that concern a principal, and the facts needed to reverse their changes. */
export interface ReadPast extends AuditsOfPeriod {
  /** The principal, with the group that each grant comes through. */
  readonly holder: Principal;
  /** Null for a client, and when the user's groups could not be read. */
  readonly memberships: Memberships | null;
  readonly notCovered: CheckHistory["notCovered"];
}

type CoverageGap = CheckHistory["notCovered"][number];
type AuditedPeriod = { readonly fromMs: number; readonly toMs: number };

/**
 * Reads the audits of a period. Audits of roles and clients are required. Audits of access policies, and for a user
 * those of groups and users, are read if the organization has them, and listed as not covered otherwise.
 */
export async function readPast(
  api: Api,
  polling: Polling,
  period: AuditedPeriod,
  principal: Principal,
): Promise<Reading<ReadPast>> {
  const userId = principal.kind === "user" ? (principal.user?.id ?? null) : null;
  const wanted = userId === null ? [OPTIONAL_AUDITS.policies] : Object.values(OPTIONAL_AUDITS);
  const needed = await readAudits(api, polling, { ...period, kinds: NEEDED_AUDITS });
  if (!needed.isRead) return needed;
  const [further, grouped] = await Promise.all([
    readOptionalAudits(api, polling, period, wanted),
    userId === null ? null : readGroups(api, userId, principal),
  ]);
  const audits = [...needed.value.audits, ...further.audits];
  const { holder, groupIds, gaps } = grouped ?? { holder: principal, groupIds: null, gaps: [] };
  const memberships =
    userId === null || groupIds === null
      ? null
      : { groupIds, formerGrants: await readFormerGrants(api, audits, { userId, holder }) };
  const value = { ...needed.value, audits, holder, memberships, notCovered: [...further.gaps, ...gaps] };
  return { isRead: true, value, calls: needed.calls };
}

async function readOptionalAudits(
  api: Api,
  polling: Polling,
  period: AuditedPeriod,
  wanted: readonly AuditKind[],
): Promise<{ readonly audits: readonly Audit[]; readonly gaps: readonly CoverageGap[] }> {
  const listed = await readListedKinds(api, wanted);
  if (!listed.isRead) return { audits: [], gaps: wanted.map((kind) => gapOf(kind, listed)) };
  const readings = await Promise.all(
    listed.value.map(
      async (kind) => [kind, await readAudits(api, polling, { ...period, kinds: [kind] })] as const,
    ),
  );
  return {
    audits: readings.flatMap(([, reading]) => (reading.isRead ? reading.value.audits : [])),
    gaps: [
      ...wanted.filter((kind) => !listed.value.includes(kind)).map((kind) => gapOf(kind, null)),
      ...readings.flatMap(([kind, reading]) => (reading.isRead ? [] : [gapOf(kind, reading)])),
    ],
  };
}

async function readGroups(
  api: Api,
  userId: string,
  principal: Principal,
): Promise<{
  readonly holder: Principal;
  readonly groupIds: readonly string[] | null;
  readonly gaps: readonly CoverageGap[];
}> {
  const { grants } = principal;
  // Without the grants, no change can be reversed, so the groups are not needed.
  if (grants === null) return { holder: principal, groupIds: null, gaps: [] };
  const reading = await readGroupedGrants(api, userId, rolesOf(principal));
  if (!reading.isRead) {
    const { reason, read } = reading;
    const gap = { what: GROUP_ROLES, reason, permissions: read.permissions, scopes: read.scopes };
    return { holder: principal, groupIds: null, gaps: [gap] };
  }
  return {
    holder: { ...principal, grants: reading.value.grants },
    groupIds: reading.value.groupIds,
    gaps: [],
  };
}

/**
 * Reads the grants of groups that the user left or may have left, because the user's own grants no longer contain them.
 */
async function readFormerGrants(
  api: Api,
  audits: readonly Audit[],
  { userId, holder }: { readonly userId: string; readonly holder: Principal },
): Promise<ReadonlyMap<string, readonly Grant[]>> {
  const left = audits.flatMap((audit) => {
    if (audit.entityType !== OPTIONAL_AUDITS.groups.entityType) return [];
    const change = membershipIn(audit, userId);
    return change?.kind === "left" || change?.kind === "unstated" ? [change.groupId] : [];
  });
  const readings = await Promise.all(
    [...new Set(left)].map(async (id) => [id, await readGroupGrants(api, id, rolesOf(holder))] as const),
  );
  return new Map(readings.flatMap(([id, grants]) => (grants === null ? [] : [[id, grants] as const])));
}

function rolesOf({ grants, roles }: Principal) {
  return [...(grants ?? []).map(({ role }) => role), ...(roles ?? [])];
}

const GROUP_ROLES = "roles that came through a group";
const NAMES: Readonly<Record<string, string>> = {
  [OPTIONAL_AUDITS.policies.entityType]: "access policies",
  [OPTIONAL_AUDITS.groups.entityType]: "members of groups",
  [OPTIONAL_AUDITS.users.entityType]: "the user",
};

function gapOf({ entityType }: AuditKind, failed: FailedReading | null): CoverageGap {
  return {
    what: NAMES[entityType] ?? entityType,
    reason: failed?.reason ?? "the organization's audits list no changes of this kind",
    permissions: failed?.read.permissions ?? [],
    scopes: failed?.read.scopes ?? [],
  };
}
