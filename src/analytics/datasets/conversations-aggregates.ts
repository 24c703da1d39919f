import type { Dataset } from "./dataset.ts";

/** Conversation aggregates: one synchronous query per day. */
export const conversationsAggregates: Dataset = {
  name: "conversations aggregates",
  summary: "counts and sums of conversation metrics",
  table: "conversations_aggregates",
  access: {
    kind: "aggregates",
    path: "/api/v2/analytics/conversations/aggregates/query",
    itemsKey: "results",
  },
  identity: null,
  life: null,
  withheld: [],
  metrics: ["nOffered", "nConnected", "tHandle", "tTalk", "tAcw", "tAnswered", "tAbandon"],
  tables: {
    kind: "related",
    areSeveral: false,
    // The platform groups conversations by media type in addition to the requested groups.
    flattener: async ({ groupBy }) =>
      (await import("../tables/aggregates.ts")).aggregatesFlattener(
        [...new Set([...groupBy, "mediaType"])],
        "conversations_aggregates",
      ),
  },
};
