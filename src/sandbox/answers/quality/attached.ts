import { asArray, asNumber, asRecord, asString, type JsonRecord } from "../../../core/json.ts";
import { type Answer, ok } from "../../answer.ts";
import type { Conversation } from "../../conversations/record/conversation.ts";
import { type Exchange, type Handler, refuse, visibleDivisions } from "../../exchange.ts";
import { NOT_FOUND, refusal } from "../../refusal.ts";
import { ALL_DIVISIONS } from "../../state/organization.ts";
import { groupsOf } from "./forms.ts";

/** Operations that return evaluations and surveys. These are consistent with the conversation's details. */
export const ATTACHED_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/quality/conversations/{conversationId}/evaluations/{evaluationId}": (exchange) =>
    ofConversation(exchange, (conversation) => {
      const found = asArray(conversation["evaluations"])
        .map(asRecord)
        .find(({ evaluationId }) => evaluationId === exchange.match.parameters[1]);
      return found === undefined ? null : evaluationBody(exchange, conversation, found);
    }),
  "GET /api/v2/quality/conversations/{conversationId}/surveys": (exchange) =>
    ofConversation(exchange, (conversation) =>
      asArray(conversation["surveys"]).map((each) => surveyBody(exchange, conversation, asRecord(each))),
    ),
};

/**
 * Returns a response with the result of `read` for the conversation. Refuses when the caller may not see the
 * conversation.
 */
export function ofConversation(exchange: Exchange, read: (conversation: Conversation) => unknown): Answer {
  const { world, match } = exchange;
  const archive = world.archive();
  const place = archive.find(match.parameters[0] ?? "", world.dataTimeMs);
  if (place === null) return refuse(exchange, NOT_FOUND);
  const conversation = archive.read(place.dayMs, place.index, world.dataTimeMs);
  const divisions = visibleDivisions(exchange, match.operation.permissions);
  if (divisions !== ALL_DIVISIONS && !conversation.divisionIds.some((id) => divisions.has(id))) {
    return refuse(
      exchange,
      refusal(403, "missing.division.permission", "You are not authorized to perform the requested action."),
    );
  }
  const body = read(conversation);
  return body === null ? refuse(exchange, NOT_FOUND) : ok(body);
}

/** Returns an `EvaluationResponse`. */
function evaluationBody(
  exchange: Exchange,
  conversation: Conversation,
  { evaluationId, formId, formName, evaluatorId, userId, queueId, eventTime, ...rest }: JsonRecord,
): JsonRecord {
  const total = asNumber(rest["oTotalScore"]) ?? 0;
  return {
    id: evaluationId,
    conversation: referenceTo(conversation),
    evaluationForm: {
      id: formId,
      name: formName,
      selfUri: `/api/v2/quality/forms/evaluations/${String(formId)}`,
    },
    evaluator: { id: evaluatorId, selfUri: `/api/v2/users/${String(evaluatorId)}` },
    agent: { id: userId, selfUri: `/api/v2/users/${String(userId)}` },
    queue: { id: queueId },
    status: "FINISHED",
    answers: {
      totalScore: total,
      totalCriticalScore: rest["oTotalCriticalScore"],
      anyFailedKillQuestions: false,
      comments: 'Good, "really"',
      questionGroupScores: groupScores(exchange, asString(formId) ?? "", total),
    },
    agentHasRead: false,
    assignedDate: eventTime,
    releaseDate: eventTime,
    conversationDate: conversation.conversationStart,
    conversationEndDate: conversation.conversationEnd,
    divisionIds: conversation.divisionIds,
    mediaType: ["CALL"],
    neverRelease: false,
    rescore: false,
    redacted: false,
    selfUri: `${exchange.request.path}`,
  };
}

/** Returns a `Survey`. */
function surveyBody(
  exchange: Exchange,
  conversation: Conversation,
  { surveyId, surveyFormId, surveyFormName, userId, queueId, surveyCompletedDate, ...rest }: JsonRecord,
): JsonRecord {
  const total = asNumber(rest["oSurveyTotalScore"]) ?? 0;
  return {
    id: surveyId,
    conversation: referenceTo(conversation),
    surveyForm: { id: surveyFormId, name: surveyFormName },
    agent: { id: userId },
    queue: { id: queueId },
    status: "Finished",
    surveyType: rest["surveyType"],
    completedDate: surveyCompletedDate,
    answers: {
      totalScore: total,
      npsScore: rest["surveyPromoterScore"],
      questionGroupScores: groupScores(exchange, asString(surveyFormId) ?? "", total),
    },
    selfUri: `/api/v2/quality/surveys/${String(surveyId)}`,
  };
}

/**
 * Returns the scores of a form's questions. Each of the two groups gets half of the total, and its first question
 * gets all of that half.
 */
function groupScores({ world }: Exchange, formId: string, total: number): readonly JsonRecord[] {
  return groupsOf(world.seed, { id: formId }).map(({ id, questionIds }) => ({
    questionGroupId: id,
    totalScore: total / 2,
    maxTotalScore: 50,
    markedNA: false,
    questionScores: questionIds.map((questionId, place) => ({
      questionId,
      answerId: `${questionId.slice(0, -1)}0`,
      score: place === 0 ? total / 2 : 0,
      markedNA: place === 2,
    })),
  }));
}

function referenceTo({ conversationId }: Conversation): JsonRecord {
  return { id: conversationId, selfUri: `/api/v2/conversations/${conversationId}` };
}
