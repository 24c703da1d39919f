import { columnsOf } from "../../tables/table-plan.ts";
import type { Dataset } from "../dataset.ts";
import { REFERENCE } from "../shared-columns.ts";
import { conversationsWith } from "./conversations-with.ts";

/** Surveys of conversations with all answers (`Survey`), by the day when the conversation began. */
export const surveys: Dataset = {
  name: "surveys",
  summary: "surveys with their answers, by conversation day",
  table: "surveys",
  access: {
    kind: "children",
    parents: conversationsWith("surveyFilters", "surveyId", (conversation) => [conversation]),
    listing: {
      kind: "listing",
      path: "/api/v2/quality/conversations/{conversationId}/surveys",
      queries: [{}],
      itemsKey: "entities",
      largestPage: 1,
      paging: "one-answer",
      shape: "list",
    },
  },
  identity: { fields: ["id"] },
  life: null,
  withheld: [],
  metrics: [],
  unknowns: ["how long after its conversation a survey can be completed"],
  tables: {
    kind: "related",
    areSeveral: true,
    flattener: async () => (await import("../../tables/scored.ts")).scoredFlattener(SURVEY_TABLES),
  },
};

/** Columns of the three tables of surveys. */
export const SURVEY_TABLES = {
  record: {
    table: "surveys",
    columns: [
      ...columnsOf("string", "id", "name", "status", "surveyType"),
      ...columnsOf("timestamp", "completedDate"),
      ...columnsOf("boolean", "missingRequiredAnswer"),
      ...columnsOf("json", "surveyErrorDetails"),
      ...columnsOf("string", "selfUri"),
    ],
    references: {
      conversation: ["id"],
      surveyForm: REFERENCE,
      agent: REFERENCE,
      agentTeam: REFERENCE,
      queue: ["id"],
      flow: ["id"],
    },
  },
  answers: columnsOf("double", "totalScore", "npsScore"),
  groups: [
    ...columnsOf("string", "questionGroupId"),
    ...columnsOf("double", "totalScore", "maxTotalScore"),
    ...columnsOf("boolean", "markedNA", "systemMarkedNA"),
  ],
  questions: [
    ...columnsOf("string", "questionId", "answerId", "assistedAnswerId", "npsTextAnswer", "freeTextAnswer"),
    ...columnsOf("double", "score", "npsScore"),
    ...columnsOf("boolean", "markedNA", "systemMarkedNA"),
  ],
} as const;
