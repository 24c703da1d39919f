import type { Operation } from "../catalogue/facts/operation.ts";
import type { QueryParameters } from "../catalogue/facts/text/query-parameters.ts";
import type { Clock } from "../core/clock.ts";
import type { Archive } from "./conversations/archive/archive.ts";
import type { Matches } from "./conversations/search/search.ts";
import type { DeniedDay } from "./faults/denied-days.ts";
import type { Fault } from "./faults/faults.ts";
import type { RandomFaults } from "./faults/random-faults.ts";
import type { Job, JobTrouble } from "./jobs/job.ts";
import type { RecordingBatch } from "./recordings/batch.ts";
import type { Router } from "./router.ts";
import type { AuditTrail } from "./state/audit-trail.ts";
import type { Logins } from "./state/login.ts";
import type { OAuthClient, Organization } from "./state/organization.ts";
import type { OwnedPermission } from "./state/permissions.ts";
import type { Roster } from "./state/roster.ts";
import type { SeenRequest } from "./state/seen-requests.ts";
import type { Sequence } from "./state/sequence.ts";
import type { SandboxSettings } from "./state/settings.ts";
import type { Token } from "./state/token.ts";
import type { UsageLedger } from "./state/usage-ledger.ts";
import type { StartedUsageQuery } from "./state/usage-query.ts";
import type { AdherenceJob } from "./workforce/adherence-job.ts";

/** The API definition that the sandbox serves and enforces. Admin actions can replace it. */
export interface Definition {
  readonly operations: readonly Operation[];
  readonly router: Router;
  /** Every permission that any operation requires, sorted. */
  readonly permissions: readonly OwnedPermission[];
  /** The query parameters that an operation declares; null when they are unknown. */
  readonly parametersOf: (operation: Operation) => QueryParameters | null;
  readonly modifiedAtMs: number;
}

/** The whole state of a running sandbox, changed only by requests and admin actions. */
export interface World {
  readonly seed: number;
  readonly clock: Clock;
  /** Start time of the sandbox. The generated data mostly precedes it. */
  readonly startedAtMs: number;
  /** Generator of request ids and tokens. */
  readonly sequence: Sequence;
  readonly organizations: Map<string, Organization>;
  /** The organization that scenarios and admin actions use by default. */
  readonly organizationId: string;
  /** Users and objects of the scenario's organization, in addition to those in the organization's own maps. */
  readonly roster: Roster;
  /** Conversations of the scenario's organization, generated lazily. */
  readonly archive: () => Archive;
  /** Conversations are reported up to this time. An admin action advances it. */
  dataTimeMs: number;
  /** Jobs by id. */
  readonly jobs: Map<string, Job>;
  /** Ids that write operations assigned to new objects, so that later requests can use them. */
  readonly issuedIds: Set<string>;
  /** Batches of recordings by id. */
  readonly batches: Map<string, RecordingBatch>;
  /** Jobs of workforce management by id. */
  readonly adherenceJobs: Map<string, AdherenceJob>;
  /** Origin of the object store, on a separate port. */
  mediaOrigin: string;
  /** Faults prepared for the next jobs, one entry per job. */
  jobTroubles: readonly JobTrouble[];
  /** Cached results of the last detail queries, by request. */
  readonly searches: Map<string, Matches>;
  /** Number of requests so far, by day, caller and operation. */
  readonly usage: UsageLedger;
  /** Audited changes of roles, grants, OAuth clients, access policies and groups. */
  readonly audits: AuditTrail;
  /** Queries for API usage by id. */
  readonly usageQueries: Map<string, StartedUsageQuery>;
  readonly tokens: Map<string, Token>;
  readonly logins: Logins;
  /** Token requests of the current minute, by client id. */
  readonly tokenRequests: Map<string, { readonly startedAtMs: number; count: number }>;
  readonly requests: SeenRequest[];
  faults: readonly Fault[];
  /** Random faults; null when there are none. */
  chance: RandomFaults | null;
  /** Days for which analytics is denied, with the number of refusals left. */
  deniedDays: readonly DeniedDay[];
  /** Number of requests until each scheduled revocation of a token. */
  revocations: readonly number[];
  settings: SandboxSettings;
  definition: Definition;
}

/** Returns the organization of the scenario. */
export function mainOrganization(world: World): Organization {
  return organizationOf(world, world.organizationId);
}

/**
 * Returns the organization with this id, which another record refers to.
 * @throws Error when it does not exist
 */
export function organizationOf(world: World, id: string): Organization {
  const organization = world.organizations.get(id);
  if (organization === undefined) throw new Error(`the sandbox has no organization ${id}`);
  return organization;
}

/** Returns the client with this id and its organization; null for an unknown client. */
export function findClient(
  world: World,
  clientId: string,
): { readonly organization: Organization; readonly client: OAuthClient } | null {
  for (const organization of world.organizations.values()) {
    const client = organization.clients.get(clientId);
    if (client !== undefined) return { organization, client };
  }
  return null;
}
