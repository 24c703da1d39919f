import { createClient } from "../state/build.ts";
import { ALL_DIVISIONS, type OAuthClient } from "../state/organization.ts";
import { createSequence, namedId } from "../state/sequence.ts";
import { countUse } from "../state/usage-ledger.ts";
import { addHomeOrganization, addRole } from "./additions.ts";
import { type Cast, grantRole } from "./cast.ts";
import { CLIENT_HISTORIES, type ClientHistory, type UsedOperation } from "./client-histories.ts";
import type { Scenario } from "./scenario.ts";

const DAY_MS = 86_400_000;
/** Number of days with API usage before the sandbox starts. */
const DAYS = 60;

/** Permissions needed to list clients with their roles and usage. */
const AUDITOR = [
  "authorization:grant:view",
  "authorization:policy:view",
  "authorization:role:view",
  "oauth:client:view",
  "usage:organization:view",
];

/** Scenarios that appear in the API usage of an organization's OAuth clients. */
export const CLIENT_SCENARIOS: readonly Scenario[] = [
  {
    name: "clients",
    description:
      "An auditor lists OAuth clients with two months of calls. Some are over-privileged, unused, failing, used by a vendor or about to be deleted, or use the implicit grant.",
    arrange: (cast) => {
      for (const history of CLIENT_HISTORIES) addClientWithHistory(cast, history);
      addVendor(cast);
      const auditor = addHistoricClient(cast, {
        name: "Access auditor",
        grant: "CLIENT-CREDENTIALS",
        createdDaysAgo: 40,
        calls: [],
      });
      grantRole(cast, auditor.id, addRole(cast, "Access auditor", AUDITOR));
      return { client: auditor, operation: "GET /api/v2/oauth/clients" };
    },
  },
];

function addClientWithHistory(cast: Cast, history: ClientHistory): void {
  const client = addHistoricClient(cast, history);
  for (const { name, permissions, division } of history.roles ?? []) {
    const role = addRole(cast, name, permissions);
    grantRole(cast, client.id, role, division === undefined ? ALL_DIVISIONS : cast.divisions[division].id);
  }
  for (const call of history.calls) {
    const userId = history.grant === "CLIENT-CREDENTIALS" ? null : cast[call.by ?? "agent"].id;
    addCalls(cast, { clientId: client.id, userId, call });
  }
}

function addHistoricClient(cast: Cast, history: ClientHistory): OAuthClient {
  const { world, organization } = cast;
  const {
    name,
    grant,
    scope = [],
    state = "active",
    createdDaysAgo,
    modifiedDaysAgo,
    deletedInDays,
  } = history;
  const before = (days: number) => world.startedAtMs - days * DAY_MS;
  const client = createClient({
    id: namedId(world.seed, `client ${name}`),
    secret: createSequence(world.seed, `secret ${name}`).text(43),
    name,
    authorizedGrantType: grant,
    scope,
    state,
    createdAtMs: before(createdDaysAgo),
    modifiedAtMs: before(modifiedDaysAgo ?? createdDaysAgo),
    isInterface: history.isInterface === true,
    ...(deletedInDays === undefined ? {} : { deletedAtMs: before(-deletedInDays) }),
  });
  organization.clients.set(client.id, client);
  return client;
}

/** Adds calls of a vendor's app. The app belongs to another organization, so only its calls show that it is used. */
function addVendor(cast: Cast): void {
  const { client } = addHomeOrganization(cast);
  addCalls(cast, {
    clientId: client.id,
    userId: cast.analyst.id,
    call: { operation: "GET /api/v2/routing/queues", perDay: 25 },
  });
}

interface DailyCalls {
  readonly clientId: string;
  readonly userId: string | null;
  readonly call: UsedOperation;
}

function addCalls({ world, organization }: Cast, { clientId, userId, call }: DailyCalls): void {
  const { operation, perDay, status = 200, fromDaysAgo = DAYS, untilDaysAgo = 1 } = call;
  const [method = "", templateUri = ""] = operation.split(" ");
  for (let ago = fromDaysAgo; ago >= untilDaysAgo; ago -= 1) {
    countUse(world.usage, {
      organizationId: organization.id,
      clientId,
      userId,
      method,
      templateUri,
      atMs: world.startedAtMs - ago * DAY_MS,
      status,
      count: perDay,
    });
  }
}
