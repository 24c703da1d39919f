import { columnsOf } from "../../tables/table-plan.ts";
import type { Dataset } from "../dataset.ts";

/**
 * Sentiment, empathy, silence and overtalk of conversations (`ConversationMetrics`), by the day when they began: one
 * request per conversation, because the platform has no listing. A conversation that the platform did not analyze has
 * no metrics.
 */
export const speechMetrics: Dataset = {
  name: "speech metrics",
  summary: "sentiment, empathy, silence and overtalk of every analyzed conversation",
  table: "speech_metrics",
  access: {
    kind: "children",
    parents: {
      from: {
        kind: "query",
        path: "/api/v2/analytics/conversations/details/query",
        itemsKey: "conversations",
        largestPage: 100,
        body: {},
      },
      objectsOf: (conversation) => [conversation],
      startField: "conversationStart",
      repeated: { id: "conversationId", conversationStart: "conversationStart" },
    },
    listing: {
      kind: "listing",
      path: "/api/v2/speechandtextanalytics/conversations/{conversationId}",
      queries: [{}],
      itemsKey: "entities",
      largestPage: 1,
      paging: "one-answer",
      shape: "record",
    },
    mayLackAll: true,
  },
  identity: { fields: ["id"] },
  life: null,
  withheld: [],
  unknowns: ["how long after a conversation its analysis is complete"],
  metrics: [],
  tables: {
    kind: "one-row",
    model: {
      table: "speech_metrics",
      columns: [
        ...columnsOf("string", "id"),
        ...columnsOf("timestamp", "conversationStart"),
        ...columnsOf("double", "sentimentScore", "sentimentTrend"),
        ...columnsOf("string", "sentimentTrendClass"),
        ...columnsOf("json", "empathyScores", "participantMetrics"),
      ],
      references: { conversation: ["id"] },
    },
  },
};
