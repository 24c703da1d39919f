import { assessClient, type ClientAssessment } from "../../../access/clients/assess-client.ts";
import { usesOf } from "../../../access/clients/operation-use.ts";
import { type Announcement, readAnnouncements } from "../../../catalogue/changes/announcement.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import { readData } from "../../../catalogue/facts/packaged-file.ts";
import { UsageError } from "../../../core/errors.ts";
import { withProgress } from "../../../output/progress/progress.ts";
import { chooseClient } from "../../../platform/clients/choose-client.ts";
import { principalOfClient } from "../../../platform/clients/client-principal.ts";
import type { ListedClient } from "../../../platform/clients/listed-client.ts";
import { describeClient, unlistedOf } from "./describe-client.ts";
import { emitFromUse } from "./emit.ts";
import { groupBy } from "./group-by.ts";
import { lastDays, type OrganizationReading, readOrganization } from "./read-organization.ts";
import { rehearseClients } from "./rehearse.ts";
import type { ClientsDependencies, ClientsRequest } from "./request.ts";
import type { ClientsResult, OrganizationClients } from "./result.ts";

/** An organization with the assessments of its clients. */
interface AssessedOrganization {
  readonly organization: OrganizationClients;
  readonly assessments: readonly ClientAssessment[];
  readonly catalogue: Catalogue;
}

const DAY_MS = 86_400_000;

/**
 * Lists the OAuth clients of one or several organizations with the permissions they hold, use and lack.
 * @throws UsageError for an unknown client, any error of connecting
 */
export async function listClients(
  dependencies: ClientsDependencies,
  request: ClientsRequest,
): Promise<ClientsResult> {
  const nowMs = dependencies.clock.now();
  const today = new Date(nowMs).toISOString().slice(0, 10);
  if (request.asOf !== null && request.asOf < today) {
    throw new UsageError("usage.flag", `\`${request.asOf}\` is in the past (--as-of)`, {
      hint: "use a future date: --as-of 2027-03-31, or see `genscope catalog changes`",
    });
  }
  const period = lastDays(request.days, nowMs);
  const assessed = await withProgress(
    dependencies,
    dependencies,
    "reading OAuth clients and their API usage",
    async () =>
      await Promise.all(
        (request.profiles ?? [null]).map(
          async (profile) =>
            await assessOrganization(dependencies, request, profile).catch((error: unknown) => {
              throw ofProfile(error, profile);
            }),
        ),
      ),
  );
  const [first] = assessed;
  const [assessment] = first?.assessments ?? [];
  return {
    schema: "genscope/clients/v1",
    window: { ...period, days: request.days },
    asOf: request.asOf,
    organizations: assessed.map(({ organization }) => organization),
    emitted:
      request.emit === null || first === undefined || assessment === undefined
        ? null
        : emitFromUse(assessment, request.emit, request.withRefused, first.catalogue),
  };
}

/** Adds the profile to the error for a client that is missing from one of several organizations. */
function ofProfile(error: unknown, profile: string | null): unknown {
  if (profile === null || !(error instanceof UsageError) || error.code !== "usage.unknown_client") {
    return error;
  }
  const { code, message, hint } = error;
  return new UsageError(code, `${message} in the organization of profile \`${profile}\``, {
    ...(hint === null ? {} : { hint }),
    cause: error,
  });
}

async function assessOrganization(
  { clock, signal, connect, catalogueOf }: ClientsDependencies,
  { name, days, asOf, rehearse: change }: ClientsRequest,
  profile: string | null,
): Promise<AssessedOrganization> {
  const { api } = await connect(profile);
  const nowMs = clock.now();
  const choose =
    name === null ? null : (clients: readonly ListedClient[] | null) => chooseClient(clients, name);
  const period = lastDays(days, nowMs);
  const [catalogue, reading] = await Promise.all([
    catalogueOf(api.region.apiUrl),
    readOrganization(api, { clock, signal }, period, choose),
  ]);
  const { announcements } = readAnnouncements(readData("announcements.txt"));
  const chosen = choose === null ? null : choose(reading.clients);
  const listed = (reading.clients ?? clientsInUse(reading)).filter(
    ({ id }) => chosen === null || id === chosen,
  );
  const assess = assessorOf(reading, catalogue, announcements, { nowMs, asOf });
  const assessments = listed.map(assess);
  const rehearsed =
    change === null
      ? null
      : await rehearseClients(api, { clock, signal }, change, { assessments, catalogue, period, chosen });
  const { window, rows, unreadable } = reading;
  const organization: OrganizationClients = {
    profile,
    region: api.region.id ?? api.region.apiUrl,
    usage: { isRead: rows !== null, missingDays: window.missingDays, isCut: window.isCut },
    unreadable: [...unreadable, ...(rehearsed?.unreadable ?? [])],
    clients: assessments.map((assessment, index) =>
      describeClient(assessment, listed[index], {
        nowMs,
        isWhole: chosen !== null,
        rehearsal: rehearsed?.byClient.get(assessment.client.id) ?? null,
      }),
    ),
    unlisted:
      chosen === null && reading.clients !== null
        ? unlistedOf(reading.clients, rows ?? [], (client) => assess({ ...UNKNOWN, ...client }).breaks)
        : [],
  };
  return { organization, assessments, catalogue };
}

/** Returns a function that assesses one client of the organization. */
function assessorOf(
  { facts, accessPolicies, rows, window, isByDay }: OrganizationReading,
  catalogue: Catalogue,
  announcements: readonly Announcement[],
  { nowMs, asOf }: { readonly nowMs: number; readonly asOf: string | null },
): (client: ListedClient) => ClientAssessment {
  const byClient = rows === null ? null : groupBy(rows, ({ clientId }) => clientId);
  return (client) =>
    assessClient({
      client,
      principal: principalOfClient(client, facts, accessPolicies),
      uses:
        byClient === null
          ? null
          : usesOf(byClient.get(client.id) ?? [], (method, path) => catalogue.find(method, path), isByDay),
      window,
      announcements,
      asOf,
      today: new Date(nowMs - (nowMs % DAY_MS)).toISOString().slice(0, 10),
    });
}

/** Returns the clients that made calls. These are the only known clients when the login may not list them. */
function clientsInUse({ rows }: OrganizationReading): readonly ListedClient[] {
  const names = new Map((rows ?? []).map(({ clientId, clientName }) => [clientId, clientName]));
  return [...names].flatMap(([id, name]) => (id === null ? [] : [{ ...UNKNOWN, id, name }]));
}

const UNKNOWN: Omit<ListedClient, "id" | "name"> = {
  grantType: null,
  state: null,
  scopes: null,
  roleDivisions: null,
  organizationId: null,
  dateToDelete: null,
  dateCreated: null,
  dateModified: null,
  accessTokenValiditySeconds: null,
};
