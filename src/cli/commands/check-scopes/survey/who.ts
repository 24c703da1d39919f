import {
  type SurveyedClient,
  type SurveyedRole,
  surveyClients,
  surveyRoles,
} from "../../../../access/survey/survey-callers.ts";
import type { Catalogue } from "../../../../catalogue/facts/catalogue.ts";
import type { Operation } from "../../../../catalogue/facts/operation.ts";
import { requireFound } from "../../../../catalogue/lookup/require-name.ts";
import type { Api } from "../../../../platform/api/api.ts";
import { principalOfClient } from "../../../../platform/clients/client-principal.ts";
import { type ListedClient, readClients } from "../../../../platform/clients/listed-client.ts";
import {
  type OrganizationFacts,
  readOrganizationFacts,
} from "../../../../platform/clients/organization-facts.ts";
import { NO_CLIENT } from "../../../../platform/clients/other-identity.ts";
import { readRoleHolders } from "../../../../platform/clients/role-holders.ts";
import { doubtsOfClient } from "../../../../platform/clients/token-doubts.ts";
import type { Principal } from "../../../../platform/reading/principal.ts";
import type { FailedReading, Reading } from "../../../../platform/reading/reading.ts";
import { divisionOf } from "../judge.ts";
import type { CheckConnection } from "../request.ts";
import { type CheckScopesResult, documentOf } from "../result.ts";
import { describeUnjudged, namedSubjects } from "../subject.ts";
import type { SurveyRequest } from "./request.ts";
import type { Callers, CallingClient, CallingRole, UnreadFact } from "./result.ts";

/**
 * Maximum number of roles whose holders are counted. Each takes a request, and the platform allows 300 per
 * minute.
 */
const MOST_COUNTED = 60;
const COUNTED_AT_A_TIME = 4;

/**
 * Lists the OAuth clients and the roles that may call an operation.
 * @throws UsageError for an unknown operation or division; the error of listing the clients unless it is a 403
 */
export async function listCallers(
  { api }: CheckConnection,
  catalogue: Catalogue,
  request: Extract<SurveyRequest, { kind: "who" }>,
): Promise<CheckScopesResult> {
  const { operation } = requireFound(catalogue, request.operation);
  const [clients, facts] = await Promise.all([readClients(api), readOrganizationFacts(api)]);
  if (!clients.isRead && clients.status !== 403) throw clients.error;
  const anyone = principalOfClient(NO_CLIENT, facts, facts.accessPolicies);
  const { id: divisionId } = divisionOf(anyone, request.division);
  const surveyed = clients.isRead ? judgeClients(clients.value, operation, facts, divisionId) : null;
  const roles =
    facts.roles === null || !hasRoles(operation) ? null : surveyRoles(facts.roles, operation, anyone);
  const { counted, failure } = await countHolders(api, roles ?? []);
  const subjects = namedSubjects(catalogue, { operations: [request.operation], permissions: [] });
  const unjudged = subjects.flatMap((each) =>
    each.kind === "alternatives" ? [] : [describeUnjudged(catalogue, each)],
  );
  const who: Callers = {
    clients: surveyed?.flatMap(callingClient) ?? null,
    deniedClients: surveyed?.filter(({ verdict }) => verdict === "denied").length ?? null,
    roles: roles?.filter(isUseful).map((role) => callingRole(role, counted)) ?? null,
    deniedRoles: roles?.filter((role) => !isUseful(role)).length ?? null,
    unreadable: unreadOf(clients, facts, failure),
    notes: notesOn(operation, roles),
  };
  return { ...documentOf(null, unjudged, null), who };
}

function judgeClients(
  clients: readonly ListedClient[],
  operation: Operation,
  facts: OrganizationFacts,
  divisionId: string | null,
): readonly SurveyedClient[] {
  const principals = clients.map(
    (client): Principal => ({
      ...principalOfClient(client, facts, facts.accessPolicies),
      tokenDoubts: doubtsOfClient(client),
    }),
  );
  return surveyClients(principals, operation, divisionId);
}

function callingClient({
  principal,
  verdict,
  layer,
  scope,
  summary,
}: SurveyedClient): readonly CallingClient[] {
  const { client } = principal;
  if (verdict === "denied" || client === null) return [];
  const { id, name, grantType, state } = client;
  return [{ id, name, grantType, state, verdict, layer, scope, summary }];
}

function callingRole(
  { role, verdict, layer, missing, summary }: SurveyedRole,
  counted: ReadonlyMap<string, CallingRole["holders"]>,
): CallingRole {
  const { id, name } = role;
  return { id, name, verdict, layer, missing, holders: counted.get(id) ?? null, summary };
}

/** Returns whether a role suffices, or at least contains some of the needed permissions. */
function isUseful({ verdict, missing }: SurveyedRole): boolean {
  return verdict !== "denied" || missing.length > 0;
}

/** Returns whether roles affect an operation at all. */
function hasRoles({ permissionMode }: Operation): boolean {
  return permissionMode === "ANY" || permissionMode === "ALL";
}

async function countHolders(
  api: Api,
  roles: readonly SurveyedRole[],
): Promise<{
  readonly counted: ReadonlyMap<string, CallingRole["holders"]>;
  readonly failure: FailedReading | null;
}> {
  const counted = new Map<string, CallingRole["holders"]>();
  const wanted = roles.filter(isUseful).slice(0, MOST_COUNTED);
  for (let next = 0; next < wanted.length; next += COUNTED_AT_A_TIME) {
    const some = wanted.slice(next, next + COUNTED_AT_A_TIME);
    const readings = await Promise.all(some.map(({ role }) => readRoleHolders(api, role.id)));
    for (const [index, reading] of readings.entries()) {
      // If the service refuses to list the holders of one role, it refuses all of them.
      if (!reading.isRead) return { counted, failure: reading };
      counted.set(some[index]?.role.id ?? "", reading.value);
    }
  }
  return { counted, failure: null };
}

function unreadOf(
  clients: Reading<readonly ListedClient[]>,
  facts: OrganizationFacts,
  holders: FailedReading | null,
): readonly UnreadFact[] {
  return [
    ...(clients.isRead ? [] : [factOf("OAuth clients", clients)]),
    ...facts.unreadable.map(({ what, reason, permissions, scopes }) => ({
      what,
      reason,
      permissions,
      scopes,
    })),
    ...(holders === null ? [] : [factOf("holders of roles", holders)]),
  ];
}

function factOf(what: string, { reason, read }: FailedReading): UnreadFact {
  return { what, reason, permissions: read.permissions, scopes: read.scopes };
}

function notesOn(operation: Operation, roles: readonly SurveyedRole[] | null): readonly string[] {
  const counted = roles?.filter(isUseful).length ?? 0;
  return [
    ...(operation.permissionMode === "UNKNOWN" ? ["its permissions are not published"] : []),
    ...(operation.permissionMode === "NONE" ? ["it needs no permission, so no role matters"] : []),
    ...(operation.grantRule === "client-credentials-only" ? ["it refuses user tokens"] : []),
    ...(operation.grantRule === "not-client-credentials" ? ["it refuses client credentials"] : []),
    ...(counted > MOST_COUNTED
      ? [`the holders of only ${MOST_COUNTED} of ${counted} roles were counted`]
      : []),
    ...(roles === null ? [] : ["several roles together can suffice where no single role does"]),
  ];
}
