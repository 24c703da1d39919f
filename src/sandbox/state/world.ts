import type { Operation } from "../../catalogue/operation.ts";
import type { Clock } from "../../core/clock.ts";
import type { Fault } from "../admin/faults.ts";
import type { RandomFaults } from "../admin/random-faults.ts";
import type { SeenRequest } from "../admin/seen-requests.ts";
import type { Archive } from "../conversations/archive.ts";
import type { Matches } from "../conversations/search.ts";
import type { Job, JobTrouble } from "../jobs/job.ts";
import type { Router } from "../router.ts";
import type { DeniedDay } from "../rules/denied-days.ts";
import type { Logins } from "./login.ts";
import type { OAuthClient, Organization } from "./organization.ts";
import type { Roster } from "./roster.ts";
import type { Sequence } from "./sequence.ts";
import type { Settings } from "./settings.ts";
import type { Token } from "./token.ts";

/** The API's definition as this platform has it now. */
export interface Definition {
  readonly operations: readonly Operation[];
  readonly router: Router;
  readonly modifiedAtMs: number;
}

/** Everything the sandbox knows; one per running sandbox, changed only by requests and admin actions. */
export interface World {
  readonly seed: number;
  readonly clock: Clock;
  /** When the sandbox started, for data that lies "in the last days". */
  readonly startedAtMs: number;
  /** Ids of requests and tokens. */
  readonly sequence: Sequence;
  readonly organizations: Map<string, Organization>;
  /** The organization that scenarios and admin actions mean when they name none. */
  readonly organizationId: string;
  /** People and things of the scenario's organization that are in no other map. */
  readonly roster: Roster;
  /** The conversations of the scenario's organization; made when first asked for. */
  readonly archive: () => Archive;
  /** The moment as of which conversations are told: it stands still until an administrator moves it on. */
  dataTimeMs: number;
  /** By id. */
  readonly jobs: Map<string, Job>;
  /** For the next jobs, one each. */
  jobTroubles: readonly JobTrouble[];
  /** What the last detail queries found, by what they asked. */
  readonly searches: Map<string, Matches>;
  readonly tokens: Map<string, Token>;
  readonly logins: Logins;
  /** Token requests of the minute in progress, by client id. */
  readonly tokenRequests: Map<string, { readonly startedAtMs: number; count: number }>;
  readonly requests: SeenRequest[];
  faults: readonly Fault[];
  /** Faults by chance; null: none. */
  chance: RandomFaults | null;
  /** Days that are refused, and how often still. */
  deniedDays: readonly DeniedDay[];
  /** After how many more requests each revokes the token of the request that comes then. */
  revocations: readonly number[];
  settings: Settings;
  definition: Definition;
}

/** The organization of the scenario. */
export function mainOrganization(world: World): Organization {
  return organizationOf(world, world.organizationId);
}

/** The organization with this id, which some record of the world refers to. */
export function organizationOf(world: World, id: string): Organization {
  const organization = world.organizations.get(id);
  if (organization === undefined) throw new Error(`the sandbox has no organization ${id}`);
  return organization;
}

/** The client with this id and the organization it belongs to. */
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
