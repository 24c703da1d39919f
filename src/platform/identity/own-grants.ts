import { appendAll } from "../../core/lists/append-all.ts";
import type { Api } from "../api/api.ts";
import type { Call, Division, Grant, OAuthClient, Role, Unreadable } from "../reading/principal.ts";
import { type FailedReading, type Reading, toUnreadable } from "../reading/reading.ts";
import { readOAuthClient } from "./oauth-clients.ts";
import { readRole } from "./roles.ts";
import { readSubject, type Subject, type SubjectGrant } from "./subjects.ts";

export interface OwnGrants {
  readonly grants: readonly Grant[] | null;
  readonly unreadable: readonly Unreadable[];
  readonly calls: readonly Call[];
}

export interface GrantSources {
  readonly ownSubject: Reading<Subject>;
  readonly client: OAuthClient | null;
  readonly isClient: boolean;
  /** Id of the user, or of the OAuth client for a client's token; null when it is not known. */
  readonly subjectId: string | null;
  /** Roles that were already read; a grant of one of them needs no extra call. */
  readonly roles: readonly Role[] | null;
  readonly divisions: readonly Division[] | null;
}

/**
 * Reads the roles of a token and their divisions from the first source that responds: its own subject, the
 * subject with its id, or for a client the roles that the client lists. A subject that lacks a role listed by
 * the client is skipped. Roles without permissions are read one by one. Returns all grants or null, because a
 * partial list would turn an unread permission into a missing one.
 */
export async function readOwnGrants(api: Api, sources: GrantSources): Promise<OwnGrants> {
  const { ownSubject, client, isClient, subjectId } = sources;
  const calls: Call[] = [];
  const failures: FailedReading[] = [];
  const contradictory: (readonly SubjectGrant[])[] = [];
  const listed = isClient ? (client?.roleDivisions ?? []) : [];
  const grantsOf = (reading: Reading<Subject>): readonly SubjectGrant[] | null => {
    if (!reading.isRead) {
      failures.push(reading);
      return null;
    }
    const { grants } = reading.value;
    if (grants !== null && !listed.every((pair) => isAmong(pair, grants))) {
      contradictory.push(grants);
      return null;
    }
    return grants;
  };

  let found = grantsOf(ownSubject);
  if (found === null && subjectId !== null) {
    const subject = await readSubject(api, subjectId);
    appendAll(calls, subject.calls);
    found = grantsOf(subject);
  }
  if (found === null && isClient && client !== null) {
    const pairs = await readRoleDivisions(api, client, calls, failures);
    const atClient = pairs?.map((pair) => toSubjectGrant(pair, sources.divisions)) ?? null;
    found =
      atClient !== null && contradictory.every((grants) => isWithin(grants, atClient)) ? atClient : null;
  }
  const grants = found === null ? null : await spellOut(api, found, sources.roles, calls, failures);
  return {
    grants,
    unreadable: grants === null ? explain(failures, ownSubject, contradictory.length > 0) : [],
    calls,
  };
}

type RoleDivision = NonNullable<OAuthClient["roleDivisions"]>[number];

function isAmong({ roleId, divisionId }: RoleDivision, grants: readonly SubjectGrant[]): boolean {
  return grants.some(
    ({ role, division }) => role.id === roleId && (division === "*" || division.id === divisionId),
  );
}

/** Returns whether a list of grants contains every grant of another list. */
function isWithin(some: readonly SubjectGrant[], others: readonly SubjectGrant[]): boolean {
  return some.every(({ role, division }) =>
    isAmong({ roleId: role.id, divisionId: division === "*" ? "*" : division.id }, others),
  );
}

async function readRoleDivisions(
  api: Api,
  client: OAuthClient,
  calls: Call[],
  failures: FailedReading[],
): Promise<OAuthClient["roleDivisions"]> {
  if (client.roleDivisions !== null) return client.roleDivisions;
  const reading = await readOAuthClient(api, client.id);
  appendAll(calls, reading.calls);
  if (!reading.isRead) {
    failures.push(reading);
    return null;
  }
  return reading.value.roleDivisions;
}

function toSubjectGrant(
  { roleId, divisionId }: RoleDivision,
  divisions: readonly Division[] | null,
): SubjectGrant {
  const known = divisions?.find((division) => division.id === divisionId);
  return {
    role: { id: roleId, name: null },
    policies: null,
    division: divisionId === "*" ? "*" : (known ?? { id: divisionId, name: null, isHome: null }),
    // A client lists its roles and divisions without the dates of the grants.
    isRecent: false,
    subjectId: null,
  };
}

/** Adds the permissions of every role; null when a role could not be read. */
async function spellOut(
  api: Api,
  found: readonly SubjectGrant[],
  known: readonly Role[] | null,
  calls: Call[],
  failures: FailedReading[],
): Promise<readonly Grant[] | null> {
  const roles = new Map((known ?? []).map((role) => [role.id, role]));
  const wanted = new Set(found.filter((grant) => grant.policies === null).map((grant) => grant.role.id));
  const readings = await Promise.all(
    [...wanted].filter((id) => !roles.has(id)).map((id) => readRole(api, id)),
  );
  for (const reading of readings) {
    appendAll(calls, reading.calls);
    if (reading.isRead) {
      roles.set(reading.value.id, reading.value);
    } else {
      failures.push(reading);
    }
  }
  const grants = found.flatMap(({ role, policies, division, isRecent }): readonly Grant[] => {
    const listed = roles.get(role.id);
    const spelled = policies === null ? listed : { ...listed, ...role, policies };
    return spelled === undefined ? [] : [{ role: spelled, division, isRecent }];
  });
  return grants.length === found.length ? grants : null;
}

/** Returns one entry per failed source. Each names a different permission that would make the grants readable. */
function explain(
  failures: readonly FailedReading[],
  ownSubject: Reading<Subject>,
  isContradictory: boolean,
): readonly Unreadable[] {
  if (failures.length > 0) {
    const once = failures.filter(
      (failure, index) => failures.findIndex((other) => other.read.path === failure.read.path) === index,
    );
    return once.map((failure) => toUnreadable("grants", failure));
  }
  return [
    {
      what: "grants",
      reason: isContradictory
        ? "the service's responses contradict each other about this token's roles"
        : "the service's response does not contain this token's roles",
      permissions: [],
      scopes: [],
      call: ownSubject.calls.at(-1) ?? null,
    },
  ];
}
