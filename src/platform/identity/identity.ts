import type { Api } from "../api/api.ts";
import { stoppableApi } from "../api/api-client.ts";
import type {
  Fact,
  OwnedPermission,
  OwnedPermissions,
  PermissionAnswers,
  Principal,
  Unreadable,
} from "../reading/principal.ts";
import type { Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";
import { readAccessPolicies } from "./access-policies.ts";
import { readDivisions } from "./divisions.ts";
import { clientOf, type KnownLogin } from "./known-login.ts";
import { readOwnOrganization } from "./organizations.ts";
import { readOwnGrants } from "./own-grants.ts";
import { askPermissions, ownSubjectFirst } from "./permission-answers.ts";
import { readOwnedPermissions } from "./permissions.ts";
import { ReadingLog } from "./reading-log.ts";
import { readRoles } from "./roles.ts";
import { judgeScopeEnforcement, probeScopeEnforcement } from "./scope-enforcement.ts";
import { subjectIdOf } from "./subject-id.ts";
import { readOwnSubject, type Subject } from "./subjects.ts";
import { judgeKind, judgeKindByUser, readTokenOrRefusal } from "./token-kind.ts";
import { readIdleTimeout } from "./tokens.ts";
import { type OwnUser, readOwnUser } from "./users.ts";

/** Facts that verdicts and remedies depend on. */
export const DIAGNOSIS_FACTS: ReadonlySet<Fact> = new Set([
  "grants",
  "roles",
  "permission catalogue",
  "divisions",
  "access policies",
  "scope enforcement",
]);

/** Options of `readPrincipal` besides the requested facts. */
export interface PrincipalOptions {
  /** Permissions to check one by one when the grants can't be read. Default: none. */
  readonly permissions?: readonly string[];
  /** The login that issued the token, for facts about its client that `tokens/me` omits. Default: not known. */
  readonly login?: KnownLogin | null;
}

/** A principal with every field unknown. */
const NOBODY: Principal = {
  kind: "unknown",
  refusal: null,
  client: null,
  user: null,
  organization: null,
  homeOrganization: null,
  scopes: null,
  scopesBind: "unknown",
  grants: null,
  answers: null,
  ownedPermissions: null,
  divisions: null,
  accessPolicies: null,
  roles: null,
  idleTimeout: null,
  idlesAt: null,
  unreadable: [],
  calls: [],
};

/**
 * Reads the identity and the grants of a token in waves of parallel calls, each fact at most once. Refused
 * reads are listed in `unreadable`; facts that were not requested are null without an entry there. A token
 * that the service rejects is a result as well (`refusal`).
 * @throws AuthError without a token; NetworkError, UnavailableError or ApiError when the first read, the
 * identity of the token, gets no response from the platform
 */
export async function readPrincipal(
  api: Api,
  facts: ReadonlySet<Fact>,
  options: PrincipalOptions = {},
): Promise<Principal> {
  const ended = new AbortController();
  try {
    return await readInWaves(stoppableApi(api, ended.signal), facts, options);
  } finally {
    // When one read throws, the other reads in its batch must stop instead of using up all of their retries.
    ended.abort();
  }
}

async function readInWaves(
  api: Api,
  facts: ReadonlySet<Fact>,
  { permissions: asked = [], login = null }: PrincipalOptions,
): Promise<Principal> {
  const log = new ReadingLog();
  const wants = <Value>(fact: Fact, read: () => Promise<Reading<Value>>) => (facts.has(fact) ? read() : null);
  const wantsSubject = facts.has("grants") || facts.has("user") || facts.has("access policies");

  const [token, ownSubject, roles, permissions, divisions, idleTimeout] = await Promise.all([
    readTokenOrRefusal(api),
    wantsSubject ? readOwnSubject(api) : null,
    wants("roles", () => readRoles(api)),
    wants("permission catalogue", () => readOwnedPermissions(api)),
    wants("divisions", () => readDivisions(api)),
    wants("idle timeout", () => readIdleTimeout(api)),
  ]);
  if ("layer" in token.outcome) return { ...NOBODY, refusal: token.outcome, calls: token.calls };
  const info = log.take("token", READS.token, token.outcome);
  if (ownSubject !== null) log.observe(READS.ownSubject, ownSubject);
  const known = {
    roles: log.take("roles", READS.roles, roles),
    ownedPermissions: indexed(log.take("permission catalogue", READS.permissions, permissions)),
    divisions: log.take("divisions", READS.divisions, divisions),
    idleTimeout: log.take("idle timeout", READS.idleTimeout, idleTimeout),
  };

  const client = info?.client ?? clientOf(login);
  const scopes = info?.scopes ?? null;
  const firstKind = judgeKind(token.outcome, login);
  const areGrantsOpen = facts.has("grants") && !isSpelledOut(ownSubject);
  const isProbeWanted =
    facts.has("scope enforcement") &&
    firstKind !== "client" &&
    judgeScopeEnforcement(scopes, log.observations) === "unknown";
  // Grants do not contain legacy names such as `admin`, but the list of roles does. If the list was not read, the
  // user's own permissions show whether such a name is held.
  const areNamesOpen =
    facts.has("grants") && known.roles === null && asked.some((name) => !name.includes(":"));
  const withPermissions = areGrantsOpen || areNamesOpen;
  const isUserWanted =
    firstKind === "unknown" || (firstKind === "user" && (facts.has("user") || withPermissions));
  const reading = isUserWanted ? readOwnUser(api, { withPermissions }) : null;
  const ofToken = info?.user?.id ?? null;
  const subjectId = () => subjectIdOf(firstKind, { client, ownSubject, ofToken, reading });

  const [userReading, organization, grants, accessPolicies, probe] = await Promise.all([
    reading,
    info?.organization ? null : readOwnOrganization(api),
    facts.has("grants") && ownSubject !== null
      ? subjectId().then(({ id, isClient }) =>
          readOwnGrants(api, { ...known, ownSubject, client, isClient, subjectId: id }),
        )
      : null,
    facts.has("access policies")
      ? subjectId().then(({ id }) => (id === null ? null : readAccessPolicies(api, id)))
      : null,
    isProbeWanted ? probeScopeEnforcement(api, scopes) : null,
  ]);
  const kind = firstKind === "unknown" ? judgeKindByUser(userReading) : firstKind;
  const own = kind === "client" ? null : log.take("user", READS.user, userReading);
  if (kind === "client" && userReading !== null) {
    // A client has no user. That is a result, not a failed read.
    log.observe(READS.user, userReading);
  }
  const read = {
    organization: info?.organization ?? log.take("organization", READS.organization, organization),
    accessPolicies: log.take("access policies", READS.accessPolicies, accessPolicies),
  };
  if (facts.has("access policies") && accessPolicies === null) log.add(withoutSubject());
  log.add(...(grants?.unreadable ?? []));
  const answered =
    grants !== null && grants.grants === null && asked.length > 0
      ? await askPermissions(api, ownSubjectFirst((await subjectId()).id), asked)
      : null;
  log.add(...(answered?.unreadable ?? []));
  if (probe !== null) log.observe(probe.read, probe.reading);
  const scopesBind = kind === "client" ? "no" : judgeScopeEnforcement(scopes, log.observations);
  if (scopesBind === "unknown" && facts.has("scope enforcement")) log.add(withoutEvidence());

  return {
    ...known,
    ...read,
    kind,
    refusal: null,
    client,
    user: kind === "user" ? (own?.user ?? userOf(ownSubject)) : null,
    homeOrganization: info?.homeOrganization ?? null,
    scopes,
    scopesBind,
    grants: grants?.grants ?? null,
    answers: grants?.grants === null || areNamesOpen ? answersOf(answered, own) : null,
    idlesAt: info?.idlesAt ?? null,
    // Without scope enforcement, no scope would help.
    unreadable:
      scopesBind === "no" ? log.unreadable.map((item) => ({ ...item, scopes: [] })) : log.unreadable,
    calls: [
      ...log.observations.flatMap(({ reading }) => reading.calls),
      ...(grants?.calls ?? []),
      ...(answered?.calls ?? []),
    ],
  };
}

/** Returns whether a subject's grants include the permissions of every role. */
function isSpelledOut(subject: Reading<Subject> | null): boolean {
  const grants = subject?.isRead ? subject.value.grants : null;
  return grants?.every(({ policies }) => policies !== null) ?? false;
}

/** Returns the results of checking single permissions; null when there are none. */
function answersOf(
  answered: { readonly permitted: PermissionAnswers["permitted"] } | null,
  own: OwnUser | null,
): PermissionAnswers | null {
  const permitted = answered?.permitted ?? new Map();
  const ofUser = own?.permissions ?? null;
  return permitted.size === 0 && ofUser === null ? null : { permitted, ofUser };
}

/** Returns the token's own subject as its user, when the user was not requested or could not be read. */
function userOf(ownSubject: Reading<Subject> | null): Principal["user"] {
  const subject = ownSubject?.isRead ? ownSubject.value : null;
  return subject === null || subject.id === null ? null : { id: subject.id, name: subject.name, email: null };
}

function withoutSubject(): Unreadable {
  return {
    what: "access policies",
    reason: "the id of the token's subject could not be read, and listing access policies requires it",
    permissions: [],
    scopes: [...READS.ownSubject.scopes],
    call: null,
  };
}

function withoutEvidence(): Unreadable {
  return {
    what: "scope enforcement",
    reason: "no call showed whether the organization enforces scopes",
    permissions: [],
    scopes: [],
    call: null,
  };
}

function indexed(permissions: readonly OwnedPermission[] | null): OwnedPermissions | null {
  return permissions === null ? null : new Map(permissions.map((owned) => [owned.permission, owned]));
}
