import { columnsOf } from "../../tables/table-plan.ts";
import type { Dataset } from "../dataset.ts";
import { REFERENCE } from "../shared-columns.ts";
import { conversationsWith, evaluationsOf } from "./conversations-with.ts";
import { ONE_RECORD } from "./published-forms.ts";

/**
 * Evaluations of conversations with all answers (`EvaluationResponse`), by the day when the conversation began. The
 * query for evaluations needs an agent, evaluator or conversation and omits answers, so each evaluation is read by its
 * id.
 */
export const evaluations: Dataset = {
  name: "evaluations",
  summary: "evaluations with their answers, by conversation day",
  table: "evaluations",
  access: {
    kind: "children",
    parents: conversationsWith("evaluationFilters", "evaluationId", evaluationsOf),
    listing: {
      ...ONE_RECORD,
      path: "/api/v2/quality/conversations/{conversationId}/evaluations/{evaluationId}",
    },
  },
  identity: { fields: ["id"] },
  life: null,
  withheld: [],
  metrics: [],
  unknowns: [
    "whether an evaluation that the token is not allowed to see is refused or comes without its content (`redacted`)",
    "how long after its conversation an evaluation can appear",
  ],
  tables: {
    kind: "related",
    areSeveral: true,
    flattener: async () => (await import("../../tables/scored.ts")).scoredFlattener(EVALUATION_TABLES),
  },
};

/** Columns of the three tables of evaluations. */
export const EVALUATION_TABLES = {
  record: {
    table: "evaluations",
    columns: [
      ...columnsOf("string", "id", "name", "status", "resourceId", "resourceType", "evaluationContextId"),
      ...columnsOf("timestamp", "conversationDate", "conversationEndDate", "createdDate", "assignedDate"),
      ...columnsOf("timestamp", "submittedDate", "releaseDate", "changedDate", "revisionCreatedDate"),
      ...columnsOf("timestamp", "dateAssigneeChanged"),
      ...columnsOf("boolean", "agentHasRead", "assigneeApplicable", "assigned", "neverRelease", "rescore"),
      ...columnsOf("boolean", "redacted", "isScoringIndex", "hasAssistanceFailed", "declinedReview"),
      ...columnsOf("int32", "disputeCount", "version"),
      ...columnsOf("strings", "mediaType", "divisionIds", "authorizedActions"),
      ...columnsOf("json", "evaluationSource", "versionHistory", "aiScoring"),
      ...columnsOf("string", "selfUri"),
    ],
    references: {
      conversation: ["id"],
      evaluationForm: REFERENCE,
      evaluator: REFERENCE,
      agent: REFERENCE,
      assignee: REFERENCE,
      queue: REFERENCE,
      calibration: ["id"],
      retractedEvaluation: ["id"],
    },
  },
  answers: [
    ...columnsOf("double", "totalScore", "totalCriticalScore", "totalNonCriticalScore"),
    ...columnsOf("double", "maxTotalRawScore", "maxTotalRawCriticalScore"),
    ...columnsOf("boolean", "anyFailedKillQuestions"),
    ...columnsOf("string", "comments", "privateComments", "agentComments"),
    ...columnsOf("json", "transcriptTopics"),
  ],
  groups: [
    ...columnsOf("string", "questionGroupId"),
    ...columnsOf("double", "totalScore", "maxTotalScore", "totalCriticalScore", "maxTotalCriticalScore"),
    ...columnsOf("double", "totalNonCriticalScore", "maxTotalNonCriticalScore"),
    ...columnsOf("double", "totalScoreUnweighted", "maxTotalScoreUnweighted"),
    ...columnsOf("double", "totalCriticalScoreUnweighted", "maxTotalCriticalScoreUnweighted"),
    ...columnsOf("double", "totalNonCriticalScoreUnweighted", "maxTotalNonCriticalScoreUnweighted"),
    ...columnsOf("boolean", "markedNA", "systemMarkedNA"),
  ],
  questions: [
    ...columnsOf("string", "questionId", "answerId", "assistedAnswerId", "comments"),
    ...columnsOf("double", "score"),
    ...columnsOf("boolean", "markedNA", "systemMarkedNA", "failedKillQuestion"),
    ...columnsOf("json", "aiAnswer", "multipleSelectQuestionOptionScores"),
  ],
} as const;
