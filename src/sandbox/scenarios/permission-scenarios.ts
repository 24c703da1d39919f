import { configuredListings } from "../state/configured/configured-kinds.ts";
import { addRole, addService } from "./additions.ts";
import { grantRole, userToken } from "./cast.ts";
import { DETAIL_QUERY, type Scenario } from "./scenario.ts";

/** Permissions for queries, exports and the listings that people join with their records. */
const DATA_READING = [
  "analytics:*:view",
  "architect:flow:view",
  "audits:audit:view",
  "externalContacts:contact:view",
  "externalContacts:externalOrganization:view",
  "groups:team:view",
  "oauth:client:view",
  "outbound:contact:view",
  "presence:presenceDefinition:view",
  "quality:*:view",
  "recording:recording:view",
  "routing:*:view",
  "speechAndTextAnalytics:*:view",
  "telephony:plugin:all",
  "usage:organization:view",
  "wfm:historicalAdherence:view",
  ...configuredListings().flatMap(([, { permission }]) => permission ?? []),
];

/** Scenarios whose cause lies in roles or products. */
export const PERMISSION_SCENARIOS: readonly Scenario[] = [
  {
    name: "missing-role",
    description:
      "A reporting service logs in with client credentials, and none of its roles grants access to conversation details.",
    arrange: ({ reporting }) => ({ client: reporting, operation: DETAIL_QUERY }),
  },
  {
    name: "user-missing-permission",
    description: "A user logs in to an approved app, but the user's own roles lack the permission.",
    arrange: (cast) => {
      const client = { ...cast.workbench, scope: [...cast.workbench.scope, "analytics:readonly"] };
      cast.organization.clients.set(client.id, client);
      return { client, token: userToken(cast, cast.agent), operation: DETAIL_QUERY };
    },
  },
  {
    name: "product-not-owned",
    description:
      "The service's role contains every permission, but the organization has not bought the product that this permission needs.",
    arrange: (cast) => {
      grantRole(cast, cast.reporting.id, cast.roles.administrator);
      return { client: cast.reporting, operation: "GET /api/v2/socialmedia/topics" };
    },
  },
  {
    name: "preview",
    description: "The operation is a preview and the organization is not enrolled, so no role helps.",
    arrange: (cast) => {
      grantRole(cast, cast.reporting.id, cast.roles.administrator);
      return {
        client: cast.reporting,
        operation: "POST /api/v2/analytics/agentutilizations/aggregates/query",
      };
    },
  },
  {
    name: "stricter-enforcement",
    description:
      "Any client could change users until the platform began to enforce the operation's permissions.",
    arrange: ({ reporting, analyst }) => ({
      client: reporting,
      operation: `PATCH /api/v2/users/${analyst.id}`,
    }),
  },
  {
    name: "availability-only",
    description:
      "The service may query conversation details with the permission for agents' own conversations, but may not read up to when the data for jobs is complete.",
    arrange: (cast) => {
      grantRole(
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
    name: "unreadable",
    description:
      "The service cannot read roles, grants or policies, so only part of the reason can be determined.",
    arrange: (cast) => {
      cast.world.settings = {
        ...cast.world.settings,
        subjectsMeForClients: false,
        divisionsPermittedForClients: false,
      };
      const role = addRole(cast, "Queue Statistics", ["analytics:queueObservation:view"]);
      return { client: addService(cast, "Wallboard service", role), operation: DETAIL_QUERY };
    },
  },
  {
    name: "healthy",
    description: "Nothing is wrong: the service may read all reporting data in every division.",
    arrange: (cast) => {
      grantRole(cast, cast.reporting.id, cast.roles.conversationReader);
      grantRole(cast, cast.reporting.id, addRole(cast, "Data Reader", DATA_READING));
      return { client: cast.reporting, operation: DETAIL_QUERY };
    },
  },
];
