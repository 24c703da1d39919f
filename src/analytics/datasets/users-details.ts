import { ANALYTICS_JOB } from "./analytics-job.ts";
import type { Dataset } from "./dataset.ts";

/** User details: one record per user per UTC day. The records have no id. */
export const usersDetails: Dataset = {
  name: "users details",
  summary: "presence and routing status of every user, one row per period",
  table: "users_details",
  access: {
    kind: "jobs",
    definition: {
      ...ANALYTICS_JOB,
      path: "/api/v2/analytics/users/details/jobs",
      itemsKey: "userDetails",
      availabilityPath: "/api/v2/analytics/users/details/jobs/availability",
      body: {},
    },
    tail: null,
  },
  identity: "bytes",
  life: null,
  withheld: [],
  metrics: [],
  tables: {
    kind: "related",
    areSeveral: true,
    flattener: async () => (await import("../tables/users-details.ts")).usersDetailsFlattener(),
  },
};
