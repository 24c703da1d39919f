import { columnsOf } from "../tables/table-plan.ts";
import type { Dataset } from "./dataset.ts";
import { REFERENCE } from "./shared-columns.ts";

const DAY_MS = 86_400_000;

/**
 * Requests to the public API (`OrganizationPublicApiUsage`): sums per UTC day, OAuth client, user, operation and
 * platform. `status400` includes 403 and 429. Requests from Genesys's own apps are left out. A day without rows may
 * not have been counted yet, because the platform does not report when it has counted a day.
 */
export const usage: Dataset = {
  name: "usage",
  summary: "API requests per UTC day, OAuth client, user, operation and status",
  table: "usage",
  access: {
    kind: "jobs",
    definition: {
      path: "/api/v2/usage/aggregates/query/jobs",
      idField: "id",
      itemsKey: "entities",
      largestPage: 1_000,
      finishedStates: ["SUCCEEDED"],
      lostStates: ["FAILED", "CANCELLED"],
      canBeDeleted: false,
      availabilityPath: null,
      isOneAddress: true,
      countsDays: true,
      // The platform reports requests up to 24 hours late.
      lagMs: DAY_MS,
      body: {
        granularity: "Day",
        groupBy: ["OauthClientId", "UserId", "HttpMethod", "TemplateUri", "Platform"],
        metrics: ["Requests", "Status200", "Status300", "Status400", "Status429", "Status500"],
      },
    },
    tail: null,
  },
  identity: "bytes",
  life: { start: "date", end: "date" },
  withheld: [],
  unknowns: [
    "whether a day on which a client made no requests was counted at all",
    "how many of the responses counted in `status400` were 403",
    "whether `templateUri` names its parameters as the definition does",
  ],
  metrics: [],
  tables: {
    kind: "one-row",
    model: {
      table: "usage",
      columns: [
        ...columnsOf("string", "date", "platform", "httpMethod", "templateUri"),
        ...columnsOf(
          "int64",
          "requestCount",
          "status200",
          "status300",
          "status400",
          "status429",
          "status500",
        ),
      ],
      references: { oauthClient: REFERENCE, user: REFERENCE },
    },
  },
};
