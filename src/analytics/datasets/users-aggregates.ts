import type { Dataset } from "./dataset.ts";

/** User aggregates: one synchronous query per day. */
export const usersAggregates: Dataset = {
  name: "users aggregates",
  summary: "time that users spent in each presence and routing status",
  table: "users_aggregates",
  access: { kind: "aggregates", path: "/api/v2/analytics/users/aggregates/query", itemsKey: "results" },
  identity: null,
  life: null,
  withheld: [],
  metrics: ["tSystemPresence", "tAgentRoutingStatus"],
  tables: {
    kind: "related",
    areSeveral: false,
    flattener: async ({ groupBy }) =>
      (await import("../tables/aggregates.ts")).aggregatesFlattener(groupBy, "users_aggregates"),
  },
};
