import type { ClientState, OAuthClient } from "../state/organization.ts";

/** Calls of one client to one operation, with the same number on every day. */
export interface UsedOperation {
  /** `METHOD /path` in the definition. */
  readonly operation: string;
  readonly perDay: number;
  readonly status?: number;
  /** The user who logged in to the app; an agent when absent. */
  readonly by?: "agent" | "analyst";
  /** First and last day of the calls; the whole history when absent. */
  readonly fromDaysAgo?: number;
  readonly untilDaysAgo?: number;
}

/** One OAuth client, with its permissions and its past calls. */
export interface ClientHistory {
  readonly name: string;
  readonly grant: OAuthClient["authorizedGrantType"];
  readonly scope?: readonly string[];
  readonly state?: ClientState;
  readonly createdDaysAgo: number;
  readonly modifiedDaysAgo?: number;
  readonly deletedInDays?: number;
  readonly isInterface?: true;
  /** Roles with their permissions. A role without a division is granted in every division. */
  readonly roles?: readonly {
    readonly name: string;
    readonly permissions: readonly string[];
    readonly division?: "home" | "sales" | "support";
  }[];
  readonly calls: readonly UsedOperation[];
}

const QUEUES = "GET /api/v2/routing/queues";
const USERS = "GET /api/v2/users";
const DETAILS = "POST /api/v2/analytics/conversations/details/query";

/** The clients of the scenario `clients`, each with a different finding. */
export const CLIENT_HISTORIES: readonly ClientHistory[] = [
  {
    name: "Nightly queue sync",
    grant: "CLIENT-CREDENTIALS",
    createdDaysAgo: 700,
    roles: [{ name: "Queue sync", permissions: ["routing:queue:view", "directory:user:view"] }],
    calls: [
      { operation: QUEUES, perDay: 12 },
      { operation: USERS, perDay: 30 },
    ],
  },
  {
    name: "Data warehouse loader",
    grant: "CLIENT-CREDENTIALS",
    createdDaysAgo: 1_100,
    roles: [{ name: "Master of everything", permissions: ["*:*:*"] }],
    calls: [
      { operation: DETAILS, perDay: 240 },
      { operation: QUEUES, perDay: 4 },
    ],
  },
  {
    name: "Sales provisioning",
    grant: "CLIENT-CREDENTIALS",
    createdDaysAgo: 320,
    roles: [
      { name: "Sales queues", permissions: ["routing:queue:view", "routing:queue:edit"], division: "sales" },
      { name: "Skill keeper", permissions: ["routing:skill:assign", "routing:skill:manage"] },
    ],
    calls: [
      { operation: "GET /api/v2/routing/queues/{queueId}", perDay: 8 },
      { operation: "PUT /api/v2/routing/queues/{queueId}", perDay: 2 },
    ],
  },
  {
    name: "Forgotten pilot",
    grant: "CLIENT-CREDENTIALS",
    createdDaysAgo: 900,
    roles: [{ name: "Pilot", permissions: ["analytics:conversationAggregate:view"] }],
    calls: [],
  },
  {
    name: "Switched-off importer",
    grant: "CLIENT-CREDENTIALS",
    state: "disabled",
    createdDaysAgo: 800,
    modifiedDaysAgo: 75,
    roles: [{ name: "Importer", permissions: ["directory:user:add", "directory:user:view"] }],
    calls: [],
  },
  {
    name: "Recording archive",
    grant: "CLIENT-CREDENTIALS",
    createdDaysAgo: 240,
    roles: [{ name: "Archive", permissions: ["analytics:conversationDetail:view"] }],
    calls: [
      { operation: DETAILS, perDay: 20 },
      { operation: "GET /api/v2/recordings/screensessions/details", perDay: 60, status: 403 },
    ],
  },
  {
    name: "Impatient poller",
    grant: "CLIENT-CREDENTIALS",
    createdDaysAgo: 150,
    roles: [{ name: "Wallboard", permissions: ["analytics:queueObservation:view"] }],
    calls: [
      { operation: "POST /api/v2/analytics/queues/observations/query", perDay: 2_000 },
      { operation: "POST /api/v2/analytics/queues/observations/query", perDay: 900, status: 429 },
    ],
  },
  {
    name: "Old agent dashboard",
    grant: "TOKEN",
    scope: ["analytics:readonly", "routing:readonly"],
    createdDaysAgo: 1_600,
    calls: [{ operation: QUEUES, perDay: 300 }],
  },
  {
    name: "Leaving survey app",
    grant: "CLIENT-CREDENTIALS",
    state: "inactive",
    createdDaysAgo: 500,
    modifiedDaysAgo: 3,
    deletedInDays: 4,
    roles: [{ name: "Survey", permissions: ["quality:survey:view"] }],
    calls: [{ operation: "GET /api/v2/quality/surveys/{surveyId}", perDay: 15, untilDaysAgo: 3 }],
  },
  {
    name: "Shift trade bot",
    grant: "CLIENT-CREDENTIALS",
    createdDaysAgo: 410,
    roles: [
      { name: "Shift trades", permissions: ["wfm:shiftTradeRequest:view", "wfm:shiftTradeRequest:edit"] },
    ],
    calls: [
      {
        operation:
          "GET /api/v2/workforcemanagement/managementunits/{managementUnitId}/weeks/{weekDateId}/shifttrades",
        perDay: 5,
      },
    ],
  },
  {
    name: "Blind transfer helper",
    grant: "CLIENT-CREDENTIALS",
    createdDaysAgo: 210,
    roles: [{ name: "Transfers", permissions: ["conversation:communication:blindTransferExternal"] }],
    calls: [
      {
        operation:
          "POST /api/v2/conversations/{conversationId}/participants/{participantId}/replace/external",
        perDay: 40,
      },
    ],
  },
  {
    name: "CRM side panel",
    grant: "CODE",
    scope: ["conversations", "users:readonly"],
    isInterface: true,
    createdDaysAgo: 380,
    calls: [],
  },
  {
    name: "Own agent desktop",
    grant: "CODE",
    scope: ["conversations:readonly", "routing:readonly", "users"],
    createdDaysAgo: 270,
    calls: [
      { operation: "GET /api/v2/conversations", perDay: 800 },
      { operation: "GET /api/v2/users/{userId}/routingstatus", perDay: 500 },
      // The app lacks the scope for this operation, which matters only where scopes are enforced.
      { operation: DETAILS, perDay: 30, by: "analyst" },
    ],
  },
  {
    name: "Beta integration",
    grant: "CLIENT-CREDENTIALS",
    createdDaysAgo: 60,
    roles: [{ name: "Beta", permissions: ["routing:queue:view", "routing:wrapupCode:view"] }],
    calls: [
      { operation: QUEUES, perDay: 6 },
      { operation: "GET /api/v2/beta/widgets/{id}", perDay: 9 },
    ],
  },
];
