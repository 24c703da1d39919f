import { asArray, asRecord, type JsonRecord } from "../../../src/core/json.ts";
import { groupsOf } from "../../../src/sandbox/answers/quality/forms.ts";
import { ofDays } from "./days.ts";
import type { TableTruth } from "./measure.ts";
import { type DatasetTruth, type SandboxTruth, SEED } from "./sandbox-truth.ts";

const SCORES = ["answers.questionGroupScores", "questionScores"];

/** Datasets of evaluations and surveys, which the conversations contain. */
export const SCORE_TRUTHS = {
  evaluations: ofDays(
    (truth) =>
      scored(truth, "evaluations", ({ evaluationId, formId, oTotalScore }) => ({
        id: evaluationId,
        form: formId,
        totalScore: oTotalScore,
      })),
    null,
    scoredTables("evaluation"),
  ),
  surveys: ofDays(
    (truth) =>
      scored(truth, "surveys", ({ surveyId, surveyFormId, oSurveyTotalScore }) => ({
        id: surveyId,
        form: surveyFormId,
        totalScore: oSurveyTotalScore,
      })),
    null,
    scoredTables("survey"),
  ),
} satisfies Readonly<Record<string, DatasetTruth>>;

interface Score {
  readonly id: unknown;
  readonly form: unknown;
  readonly totalScore: unknown;
}

/**
 * Returns the evaluations or surveys of the conversations. The sandbox divides a total among the groups of the form.
 */
function scored(
  { conversations }: SandboxTruth,
  field: "evaluations" | "surveys",
  read: (attached: JsonRecord) => Score,
): readonly JsonRecord[] {
  return conversations.flatMap((conversation) =>
    asArray(conversation[field])
      .map((each) => read(asRecord(each)))
      .map(({ id, form, totalScore }) => ({
        id,
        conversation: { id: conversation.conversationId },
        answers: {
          totalScore,
          questionGroupScores: groupsOf(SEED, { id: String(form) }).map((group) => ({
            questionGroupId: group.id,
            totalScore: Number(totalScore) / 2,
            questionScores: group.questionIds.map((questionId, place) => ({
              questionId,
              score: place === 0 ? Number(totalScore) / 2 : 0,
            })),
          })),
        },
      })),
  );
}

function scoredTables(stem: string): Readonly<Record<string, TableTruth>> {
  return {
    [`${stem}s`]: {
      fields: { id: "id", "conversation.id": "id", "answers.totalScore": ["number", "totalScore"] },
    },
    [`${stem}_group_scores`]: {
      lists: SCORES.slice(0, 1),
      fields: { questionGroupId: "id", totalScore: "number", "../id": ["id", `${stem}Id`] },
    },
    [`${stem}_question_scores`]: {
      lists: SCORES,
      fields: { questionId: "id", score: "number", "../questionGroupId": ["id", "questionGroupId"] },
    },
  };
}
