import type { Clock } from "../../core/clock.ts";
import { generateConversations } from "../conversations/archive/generate.ts";
import { createSmallArchive } from "../conversations/archive/small-archive.ts";
import { createSyntheticArchive } from "../conversations/archive/synthetic-archive.ts";
import { once } from "../once.ts";
import type { SandboxOptions } from "../sandbox.ts";
import { addGrant, changeAuthority } from "../state/authority.ts";
import { createClient, emptyOrganization, policiesOf } from "../state/build.ts";
import { createLogins } from "../state/login.ts";
import {
  ALL_DIVISIONS,
  type Division,
  type OAuthClient,
  type Organization,
  type PlacedObject,
  type Role,
  type User,
} from "../state/organization.ts";
import { ownedPermissions, PRODUCTS } from "../state/permissions.ts";
import { createRoster, SMALL_ROSTER } from "../state/roster.ts";
import { createSequence, namedId } from "../state/sequence.ts";
import { DEFAULT_SETTINGS } from "../state/settings.ts";
import { issueToken } from "../tokens.ts";
import type { Definition, World } from "../world.ts";
import { type RoleName, STANDARD_ROLES, WORKBENCH_SCOPES } from "./standard-roles.ts";

/** Products that this organization has not bought. */
const ABSENT_PRODUCTS: ReadonlySet<string> = new Set(["aiStudio", "caseManagement", "socialListening"]);

const CONVERSATION_COUNT = 300;

/**
 * The organization that every scenario builds on. Everything in it works, except that the reporting service's role
 * lacks a permission.
 */
export interface Cast {
  readonly world: World;
  readonly organization: Organization;
  readonly divisions: { readonly home: Division; readonly sales: Division; readonly support: Division };
  readonly roles: Readonly<Record<RoleName, Role>>;
  /** Client that runs reports with client credentials, without a user. */
  readonly reporting: OAuthClient;
  /** An app that users log in to. */
  readonly workbench: OAuthClient;
  /** Client that uses client credentials and holds every permission. */
  readonly administration: OAuthClient;
  readonly agent: User;
  readonly analyst: User;
  readonly queues: readonly PlacedObject[];
}

/** Size of the organization, and the seed of its ids. */
export type CastOptions = Pick<SandboxOptions, "conversations" | "days" | "roster"> & {
  readonly seed: number;
};

/** Creates the conversations of a large archive. */
export type CreateArchive = typeof createSyntheticArchive;

/** Sets up the organization. The same seed produces the same ids. The clock affects only dates. */
export function createCast(
  options: CastOptions,
  clock: Clock,
  definition: Definition,
  createArchive: CreateArchive = createSyntheticArchive,
): Cast {
  const nowMs = clock.now();
  const { seed, conversations } = options;
  const synthetic =
    conversations === undefined ? null : createArchive({ ...options, conversations, startedAtMs: nowMs });
  const roster = synthetic?.roster ?? createRoster(seed, { ...SMALL_ROSTER, ...options.roster });
  const idOf = (name: string) => namedId(seed, name);
  const products = new Set(PRODUCTS.filter((product) => !ABSENT_PRODUCTS.has(product)));
  const organization = emptyOrganization(
    {
      id: idOf("organization"),
      name: "Example Contact Center",
      domain: "example-cc",
      homeDivisionId: idOf("Home"),
    },
    ownedPermissions(definition.permissions, products),
    products,
  );
  const world: World = {
    seed,
    clock,
    startedAtMs: nowMs,
    sequence: createSequence(seed, "requests"),
    organizations: new Map([[organization.id, organization]]),
    organizationId: organization.id,
    roster,
    archive: once(
      () =>
        synthetic ??
        createSmallArchive(
          generateConversations(
            createSequence(seed, "conversations"),
            organization,
            nowMs,
            CONVERSATION_COUNT,
            roster.wrapUpCodes,
          ),
        ),
    ),
    dataTimeMs: nowMs,
    jobs: new Map(),
    issuedIds: new Set(),
    batches: new Map(),
    adherenceJobs: new Map(),
    mediaOrigin: "",
    jobTroubles: [],
    searches: new Map(),
    usage: new Map(),
    audits: [],
    usageQueries: new Map(),
    tokens: new Map(),
    logins: createLogins(),
    tokenRequests: new Map(),
    requests: [],
    faults: [],
    chance: null,
    deniedDays: [],
    revocations: [],
    settings: DEFAULT_SETTINGS,
    definition: { ...definition, modifiedAtMs: nowMs },
  };

  function addDivision(name: string): Division {
    const division = { id: idOf(`division ${name}`), name };
    organization.divisions.set(division.id, division);
    return division;
  }

  function addUser(name: string, divisionId: string): User {
    const email = `${name.toLowerCase().match(/\w+/g)?.join(".") ?? "agent"}@example.com`;
    const user: User = { id: idOf(`user ${name}`), name, email, divisionId, home: null };
    organization.users.set(user.id, user);
    organization.objects.set(user.id, {
      id: user.id,
      name,
      type: "user",
      divisionId,
      attributes: { userId: user.id },
    });
    return user;
  }

  function addQueue(name: string, divisionId: string): PlacedObject {
    const id = idOf(`queue ${name}`);
    const queue: PlacedObject = { id, name, type: "queue", divisionId, attributes: { queueId: id } };
    organization.objects.set(id, queue);
    return queue;
  }

  function addClient(
    given: Pick<OAuthClient, "name" | "authorizedGrantType"> & Partial<OAuthClient>,
  ): OAuthClient {
    const secret = createSequence(seed, `secret ${given.name}`).text(43);
    const client = createClient({ id: idOf(`client ${given.name}`), secret, ...given });
    organization.clients.set(client.id, client);
    return client;
  }

  function addRole({
    name,
    permissions,
  }: {
    readonly name: string;
    readonly permissions: readonly string[];
  }): Role {
    const role = { id: idOf(`role ${name}`), name, permissionPolicies: policiesOf(permissions) };
    organization.authority.roles.set(role.id, role);
    return role;
  }

  const home = { id: organization.homeDivisionId, name: "Home" };
  const [sales, support] = [addDivision("Sales"), addDivision("Support")];
  const roles: Readonly<Record<RoleName, Role>> = {
    reportingBase: addRole(STANDARD_ROLES.reportingBase),
    conversationReader: addRole(STANDARD_ROLES.conversationReader),
    reportingReader: addRole(STANDARD_ROLES.reportingReader),
    supervisor: addRole(STANDARD_ROLES.supervisor),
    agent: addRole(STANDARD_ROLES.agent),
    administrator: addRole(STANDARD_ROLES.administrator),
  };
  const cast: Cast = {
    world,
    organization,
    divisions: { home, sales, support },
    roles,
    reporting: addClient({ name: "Reporting service", authorizedGrantType: "CLIENT-CREDENTIALS" }),
    workbench: addClient({ name: "Agent workbench", authorizedGrantType: "CODE", scope: WORKBENCH_SCOPES }),
    administration: addClient({ name: "Administration", authorizedGrantType: "CLIENT-CREDENTIALS" }),
    agent: addUser("Agent 1", support.id),
    analyst: addUser("Reporting analyst", home.id),
    queues: [
      addQueue("Sales inbound", sales.id),
      addQueue("Sales chat", sales.id),
      addQueue("Support inbound", support.id),
      addQueue("Support messages", support.id),
      addQueue("Reception", home.id),
    ],
  };
  for (const { id, name } of roster.divisions) organization.divisions.set(id, { id, name });
  for (const { name, divisionId, isDeleted } of roster.agents.slice(1)) {
    if (isDeleted !== true) addUser(name, divisionId);
  }
  for (const { name, divisionId } of roster.queues.slice(cast.queues.length)) addQueue(name, divisionId);
  grantRole(cast, cast.reporting.id, roles.reportingBase);
  grantRole(cast, cast.administration.id, roles.administrator);
  grantRole(cast, cast.agent.id, roles.agent);
  grantRole(cast, cast.analyst.id, roles.reportingReader);
  return cast;
}

/** Grants a role. The grant is enforced immediately, as if it had been made long ago. */
export function grantRole(
  cast: Cast,
  subjectId: string,
  role: Role,
  divisionId: string = ALL_DIVISIONS,
): void {
  changeAuthority(cast.organization, cast.world.startedAtMs, 0, (authority) =>
    addGrant(authority, subjectId, {
      roleId: role.id,
      divisionId,
      grantedAtMs: cast.world.startedAtMs - 86_400_000,
    }),
  );
}

/** Issues a token of the workbench app for this user, as a login would. */
export function userToken(cast: Cast, user: User, lifetimeSeconds?: number): { readonly value: string } {
  const client = cast.organization.clients.get(cast.workbench.id) ?? cast.workbench;
  return issueToken(cast.world, { organization: cast.organization, client, user, lifetimeSeconds });
}
