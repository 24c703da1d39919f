import { UsageError } from "../../core/errors.ts";
import type { Api } from "../api/api.ts";
import { stoppableApi } from "../api/api-client.ts";
import { readAccessPolicies } from "../identity/access-policies.ts";
import { readPrincipal } from "../identity/identity.ts";
import { USER_GRANTS } from "../identity/token-kind.ts";
import type { OAuthClient, Principal, TokenDoubt, Unreadable } from "../reading/principal.ts";
import { type FailedReading, type Reading, toUnreadable } from "../reading/reading.ts";
import { chooseClient } from "./choose-client.ts";
import { type Approval, readApproval } from "./client-approval.ts";
import { principalOfClient } from "./client-principal.ts";
import { type FoundUser, findUser } from "./find-user.ts";
import { type ListedClient, readClients } from "./listed-client.ts";
import { readOrganizationFacts } from "./organization-facts.ts";
import { readSubjectGrants } from "./subject-grants.ts";
import { doubtsOfApproval, doubtsOfClient, doubtsOfUser } from "./token-doubts.ts";

/** An identity by name or id. With both a client and a user, it is the user with a token of that client. */
export type IdentityNames =
  | { readonly client: string; readonly user: string | null }
  | { readonly client: null; readonly user: string };

/** The OAuth client that an identity uses. */
interface ChosenClient {
  readonly client: OAuthClient;
  /** The failed listing; null when the client was listed. */
  readonly failure: FailedReading | null;
}

/**
 * Reads an OAuth client, a user, or a user of a client as a principal, with an administrator's token. Facts that only
 * their own token would reveal stay unknown and are listed in `tokenDoubts`. If the service rejects the administrator's
 * token, that is a result, not an error.
 * @param permissions permissions to check one by one when the grants can't be read
 * @throws UsageError for an unknown name, and for a user of a client that no user can log in to; the failure of the
 * listing unless it is a 403
 */
export async function readOtherIdentity(
  api: Api,
  names: IdentityNames,
  permissions: readonly string[],
): Promise<Principal> {
  const ended = new AbortController();
  try {
    return await readIdentity(stoppableApi(api, ended.signal), names, permissions);
  } finally {
    // When one read throws, the others must stop instead of using up all of their retries.
    ended.abort();
  }
}

async function readIdentity(
  api: Api,
  names: IdentityNames,
  permissions: readonly string[],
): Promise<Principal> {
  // The first call shows whether the service accepts the administrator's token at all.
  const reader = await readPrincipal(api, new Set(["scope enforcement"]));
  if (reader.refusal !== null) return reader;
  const [clients, user] = await Promise.all([
    names.client === null ? null : readClients(api),
    names.user === null ? null : findUser(api, names.user),
  ]);
  const chosen = names.client === null || clients === null ? null : choose(clients, names.client);
  const client = chosen?.client ?? null;
  if (user !== null && client !== null) requireUserGrant(client);
  const isOfUsers = user !== null || USER_GRANTS.has(client?.grantType ?? "");
  const subjectId = user === null ? idOf(client, isOfUsers) : user.isFound ? user.value.user.id : user.id;
  const [facts, approval] = await Promise.all([
    readOrganizationFacts(api, async () => (subjectId === null ? null : readAccessPolicies(api, subjectId))),
    client === null || !isOfUsers || chosen?.failure !== null ? null : readApproval(api, client.id),
  ]);
  const base = principalOfClient(client ?? NO_CLIENT, facts, facts.accessPolicies);
  const own =
    subjectId === null
      ? null
      : await readSubjectGrants(api, { subjectId, client, isClient: user === null, facts, permissions });
  const scopesBind = base.kind === "client" ? "no" : reader.kind === "user" ? reader.scopesBind : "unknown";
  // For a client that users log in to, grants depend on the user. When no user was named, `principalOfClient` gives
  // that as the reason why they are unknown.
  const isOfUsersAlone = user === null && chosen?.failure === null && own === null;
  const unreadable = [
    ...base.unreadable.filter(({ what }) => what !== "grants" || isOfUsersAlone),
    ...unlistedClient(chosen),
    ...(own?.unreadable ?? []),
    ...(user !== null && client === null ? [WITHOUT_CLIENT] : []),
    ...(user?.isFound === false ? [toUnreadable("user", user.failure)] : []),
    ...(user?.isFound === false && user.id === null ? [toUnreadable("grants", user.failure)] : []),
  ];
  return {
    ...base,
    kind: isOfUsers ? "user" : base.kind,
    client,
    user: userOf(user, names),
    organization: reader.organization,
    scopes: client === null ? null : base.scopes,
    scopesBind,
    grants: own === null ? null : own.grants,
    answers: own?.answers ?? null,
    unreadable:
      scopesBind === "unknown" ? unreadable : unreadable.filter(({ what }) => what !== "scope enforcement"),
    tokenDoubts: doubtsOf(chosen, user, approval),
  };
}

function doubtsOf(
  chosen: ChosenClient | null,
  user: FoundUser | null,
  approval: Approval | null,
): readonly TokenDoubt[] {
  return [
    ...(chosen === null ? [] : doubtsOfClient(chosen.client)),
    ...(user === null ? [] : doubtsOfUser(user)),
    ...(chosen === null || approval === null ? [] : doubtsOfApproval(chosen.client, approval)),
  ];
}

/**
 * Returns the id of a client with grants of its own. Clients that users log in to, and unlisted clients, may
 * have none.
 */
function idOf(client: OAuthClient | null, isOfUsers: boolean): string | null {
  return client === null || isOfUsers || client.grantType !== "CLIENT-CREDENTIALS" ? null : client.id;
}

/**
 * Returns the client with this name or id.
 * @throws UsageError when it is unknown; a failed listing unless it is a 403
 */
function choose(clients: Reading<readonly ListedClient[]>, text: string): ChosenClient {
  if (clients.isRead) {
    const id = chooseClient(clients.value, text);
    const client = clients.value.find((each) => each.id === id);
    if (client !== undefined) return { client, failure: null };
  } else if (clients.status !== 403) {
    throw clients.error;
  }
  return { client: { ...NO_CLIENT, id: text }, failure: clients.isRead ? null : clients };
}

/** Returns what is unknown about a client that could not be listed: its scopes, and whose roles apply. */
function unlistedClient(chosen: ChosenClient | null): readonly Unreadable[] {
  const failure = chosen?.failure ?? null;
  return failure === null ? [] : [toUnreadable("token", failure), toUnreadable("grants", failure)];
}

function requireUserGrant({ grantType, name, id }: OAuthClient): void {
  if (grantType === null || USER_GRANTS.has(grantType)) return;
  const client = name ?? id;
  throw new UsageError(
    "usage.arguments",
    `no user can log in through OAuth client \`${client}\`: its grant is ${grantType.toLowerCase()}`,
    { hint: "omit --user to check the client's own token, or specify a client that users log in through" },
  );
}

function userOf(found: FoundUser | null, { user }: IdentityNames): Principal["user"] {
  if (found === null) return null;
  if (found.isFound) return found.value.user;
  return { id: found.id ?? user ?? "", name: found.id === null ? user : null, email: null };
}

/** An OAuth client about which nothing is known. */
export const NO_CLIENT: OAuthClient = {
  id: "",
  name: null,
  grantType: null,
  state: null,
  scopes: null,
  roleDivisions: null,
  organizationId: null,
  dateToDelete: null,
};

const WITHOUT_CLIENT: Unreadable = {
  what: "token",
  reason: "they depend on the OAuth client that the user logs in to; specify it with --client",
  permissions: [],
  scopes: [],
  call: null,
};
