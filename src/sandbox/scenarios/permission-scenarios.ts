import { addGrant, changeAuthority } from "../state/authority.ts";
import { createClient, emptyOrganization, policiesOf } from "../state/build.ts";
import { ALL_DIVISIONS, type Role, type User } from "../state/organization.ts";
import { createSequence, namedId } from "../state/sequence.ts";
import { issueToken } from "../tokens.ts";
import { type Cast, giveRole, userToken } from "./cast.ts";
import { DETAIL_QUERY, type Scenario } from "./scenario.ts";

/** Causes that lie in roles, divisions, products, conditions and policies. */
export const PERMISSION_SCENARIOS: readonly Scenario[] = [
  {
    name: "missing-role",
    description:
      "A reporting service logs in with client credentials, and none of its roles may read conversation details.",
    arrange: ({ reporting }) => ({ client: reporting, operation: DETAIL_QUERY }),
  },
  {
    name: "user-missing-permission",
    description: "A person logs in to an approved app, but the person's own roles lack the permission.",
    arrange: (cast) => {
      const client = { ...cast.workbench, scope: [...cast.workbench.scope, "analytics:readonly"] };
      cast.organization.clients.set(client.id, client);
      return { client, token: userToken(cast, cast.agent), operation: DETAIL_QUERY };
    },
  },
  {
    name: "division",
    description:
      "The service may read queues, but only of the Sales division, and asks for a queue of Support.",
    arrange: (cast) => {
      const reader = addRole(cast, "Queue Reader", ["routing:queue:view", ...LOOKING_AROUND]);
      const client = addService(cast, "Queue service", reader, cast.divisions.sales.id);
      const queue = cast.queues.find((each) => each.divisionId === cast.divisions.support.id);
      return { client, operation: `GET /api/v2/routing/queues/${queue?.id}` };
    },
  },
  {
    name: "product-not-owned",
    description:
      "The service's role holds every permission, but the organization did not buy the product that brings this one.",
    arrange: (cast) => {
      giveRole(cast, cast.reporting.id, cast.roles.administrator);
      return { client: cast.reporting, operation: "GET /api/v2/socialmedia/topics" };
    },
  },
  {
    name: "preview",
    description: "The operation is a preview and the organization is not enrolled, so no role helps.",
    arrange: (cast) => {
      giveRole(cast, cast.reporting.id, cast.roles.administrator);
      return {
        client: cast.reporting,
        operation: "POST /api/v2/analytics/agentutilizations/aggregates/query",
      };
    },
  },
  {
    name: "access-policy",
    description: "The service holds the permission, but an access policy that applies to clients denies it.",
    arrange: (cast) => {
      giveRole(cast, cast.reporting.id, cast.roles.conversationReader);
      const id = namedId(cast.world.seed, "policy");
      cast.organization.policies.set(id, {
        id,
        name: "No conversation details for services",
        effect: "DENY",
        subject: { type: "ALL", id: null },
        targetResource: "analytics:conversationDetail:view",
        applyToClients: true,
        enabled: true,
        condition: null,
      });
      return { client: cast.reporting, operation: DETAIL_QUERY };
    },
  },
  {
    name: "role-condition",
    description:
      "The service's role may edit queues under the condition that it is one of its own, and this queue is another.",
    arrange: (cast) => {
      const [own, other] = cast.queues;
      const condition = {
        variableName: "queueId",
        operator: "EQ" as const,
        operands: [{ type: "QUEUE", value: own?.id ?? "" }],
      };
      const role = addRole(cast, "Own Queue Editor", []);
      const conditional: Role = {
        ...role,
        permissionPolicies: [...policiesOf(LOOKING_AROUND), ...policiesOf(["routing:queue:view"], condition)],
      };
      cast.organization.authority.roles.set(role.id, conditional);
      const client = addService(cast, "Queue service", conditional);
      return { client, operation: `GET /api/v2/routing/queues/${other?.id}` };
    },
  },
  {
    name: "propagation",
    description:
      "The right role was granted a moment ago, and the change takes 30 seconds until it is enforced.",
    arrange: (cast) => {
      const delayMs = 30_000;
      cast.world.settings = { ...cast.world.settings, propagationDelayMs: delayMs };
      const grantedAtMs = cast.world.clock.now();
      changeAuthority(cast.organization, grantedAtMs, delayMs, (authority) =>
        addGrant(authority, cast.reporting.id, {
          roleId: cast.roles.conversationReader.id,
          divisionId: ALL_DIVISIONS,
          grantedAtMs,
        }),
      );
      return { client: cast.reporting, operation: DETAIL_QUERY };
    },
  },
  {
    name: "stricter-enforcement",
    description: "Changing users worked for any client until the platform began to check its permissions.",
    arrange: ({ reporting, analyst }) => ({
      client: reporting,
      operation: `PATCH /api/v2/users/${analyst.id}`,
    }),
  },
  {
    name: "availability-only",
    description:
      "The permission for agents' own conversations suffices for the query, but not for the data availability of the jobs.",
    arrange: (cast) => {
      giveRole(
        cast,
        cast.reporting.id,
        addRole(cast, "Agent Conversation Reader", ["analytics:agentConversationDetail:view"]),
      );
      return {
        client: cast.reporting,
        operation: "GET /api/v2/analytics/conversations/details/jobs/availability",
      };
    },
  },
  {
    name: "misleading-message",
    description: "The operation needs two permissions, and the refusal names only the first.",
    arrange: (cast) => {
      cast.world.settings = { ...cast.world.settings, permissionMessage: "first" };
      return { client: cast.reporting, operation: "POST /api/v2/authorization/divisions" };
    },
  },
  {
    name: "trusting-org",
    description:
      "A person of another organization works in this one, which trusts it but gave the person no role for this.",
    arrange: (cast) => {
      const home = addHomeOrganization(cast);
      const guest: User = {
        id: namedId(cast.world.seed, "guest"),
        name: "Partner consultant",
        email: "partner.consultant@example.net",
        divisionId: cast.divisions.home.id,
        home: { organizationId: home.organizationId, userId: namedId(cast.world.seed, "guest at home") },
      };
      cast.organization.users.set(guest.id, guest);
      giveRole(cast, guest.id, cast.roles.agent);
      const token = issueToken(cast.world, {
        organization: cast.organization,
        client: home.client,
        user: guest,
      });
      return { client: home.client, token, operation: DETAIL_QUERY };
    },
  },
  {
    name: "unreadable",
    description:
      "The service may not read roles, grants or policies, so only part of the reason can be found out.",
    arrange: (cast) => {
      cast.world.settings = { ...cast.world.settings, subjectsMeForClients: false };
      const role = addRole(cast, "Queue Statistics", ["analytics:queueObservation:view"]);
      return { client: addService(cast, "Wallboard service", role), operation: DETAIL_QUERY };
    },
  },
  {
    name: "healthy",
    description: "Nothing is wrong: the service holds the permission in every division.",
    arrange: (cast) => {
      giveRole(cast, cast.reporting.id, cast.roles.conversationReader);
      return { client: cast.reporting, operation: DETAIL_QUERY };
    },
  },
];

/** What a service needs to be able to explain its own refusals. */
const LOOKING_AROUND = ["authorization:grant:view", "authorization:policy:view", "authorization:role:view"];

function addRole(cast: Cast, name: string, permissions: readonly string[]): Role {
  const role = {
    id: namedId(cast.world.seed, `role ${name}`),
    name,
    permissionPolicies: policiesOf(permissions),
  };
  cast.organization.authority.roles.set(role.id, role);
  return role;
}

function addService(
  cast: Cast,
  name: string,
  role: Role,
  divisionId: string = ALL_DIVISIONS,
): Cast["reporting"] {
  const client = createClient({
    id: namedId(cast.world.seed, `client ${name}`),
    secret: createSequence(cast.world.seed, `secret ${name}`).text(43),
    name,
    authorizedGrantType: "CLIENT-CREDENTIALS",
  });
  cast.organization.clients.set(client.id, client);
  giveRole(cast, client.id, role, divisionId);
  return client;
}

/** The organization that the guest and the guest's app come from. */
function addHomeOrganization(cast: Cast): {
  readonly organizationId: string;
  readonly client: Cast["reporting"];
} {
  const idOf = (name: string) => namedId(cast.world.seed, `partner ${name}`);
  const partner = emptyOrganization(
    {
      id: idOf("organization"),
      name: "Partner Consulting",
      domain: "partner-consulting",
      homeDivisionId: idOf("Home"),
    },
    new Map(cast.organization.permissions),
    cast.organization.products,
  );
  const client = createClient({
    id: idOf("client"),
    secret: createSequence(cast.world.seed, "partner secret").text(43),
    name: "Consulting toolbox",
    authorizedGrantType: "CODE",
    scope: ["analytics", "authorization", "user-basic-info", "users", "organization"],
  });
  partner.clients.set(client.id, client);
  cast.world.organizations.set(partner.id, partner);
  return { organizationId: partner.id, client };
}
