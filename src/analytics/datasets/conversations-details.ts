import { ANALYTICS_JOB } from "./analytics-job.ts";
import type { Dataset } from "./dataset.ts";
import type { JobDefinition } from "./dataset-access.ts";

/** Jobs that return each conversation of an interval. */
export const CONVERSATION_JOBS: JobDefinition = {
  ...ANALYTICS_JOB,
  path: "/api/v2/analytics/conversations/details/jobs",
  itemsKey: "conversations",
  availabilityPath: "/api/v2/analytics/conversations/details/jobs/availability",
  // With one job per day, this assigns each conversation to the day when it started.
  body: { order: "asc", orderBy: "conversationStart", startOfDayIntervalMatching: true },
};

/** Live query for the conversations that the jobs return. */
export const CONVERSATION_QUERY = {
  path: "/api/v2/analytics/conversations/details/query",
  itemsKey: "conversations",
  largestPage: 100,
} as const;

/** Conversation details: asynchronous jobs, and the live query for the days after their watermark. */
export const conversationsDetails: Dataset = {
  name: "conversations details",
  summary: "every conversation with participants, sessions, segments, metrics and attributes",
  table: "conversations",
  access: {
    kind: "jobs",
    definition: CONVERSATION_JOBS,
    tail: CONVERSATION_QUERY,
  },
  identity: { fields: ["conversationId"] },
  life: { start: "conversationStart", end: "conversationEnd" },
  withheld: [],
  metrics: [],
  tables: {
    kind: "related",
    areSeveral: true,
    flattener: async () => (await import("../tables/conversations.ts")).conversationsFlattener(),
  },
};
