import type { Dataset } from "../dataset.ts";

/**
 * Transcript aggregates: one synchronous query per day. This is the only operation that returns which topics were
 * detected. Grouped by conversation and topic, it returns one result for each topic of each conversation.
 */
export const transcriptsAggregates: Dataset = {
  name: "transcripts aggregates",
  summary: "counts of analyzed conversations and detected topics",
  table: "transcripts_aggregates",
  access: {
    kind: "aggregates",
    path: "/api/v2/analytics/transcripts/aggregates/query",
    itemsKey: "results",
  },
  identity: null,
  life: null,
  withheld: [],
  unknowns: [
    "the phrases in which a topic was detected, and when: no operation lists them",
    "dimensions by which the platform groups in addition to the requested ones; they are kept in `extra`",
    "how long after a conversation its topics are complete",
  ],
  metrics: ["nSpeechTextAnalyzedConversations", "nTopicCommunications"],
  tables: {
    kind: "related",
    areSeveral: false,
    flattener: async ({ groupBy }) =>
      (await import("../../tables/aggregates.ts")).aggregatesFlattener(groupBy, "transcripts_aggregates"),
  },
};
