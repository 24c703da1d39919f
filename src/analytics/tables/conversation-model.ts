import { columnsOf, type Model } from "./table-plan.ts";

/** Columns of `AnalyticsConversation`. */
export const CONVERSATION: Model = {
  columns: [
    ...columnsOf("string", "conversationId"),
    ...columnsOf("timestamp", "conversationStart", "conversationEnd"),
    ...columnsOf("string", "originatingDirection", "conversationInitiator"),
    ...columnsOf("boolean", "customerParticipation"),
    ...columnsOf("strings", "divisionIds"),
    ...columnsOf("string", "externalTag", "associatedConversationId"),
    ...columnsOf("strings", "consultationConversationIds"),
    ...columnsOf("timestamp", "conferenceStart", "inactivityTimeout"),
    ...columnsOf("strings", "knowledgeBaseIds"),
    ...columnsOf("boolean", "selfServed"),
    ...columnsOf("strings", "accessAttributes"),
    ...columnsOf("boolean", "originatingSocialMediaPublic"),
    ...columnsOf("double", "mediaStatsMinConversationMos", "mediaStatsMinConversationRFactor"),
  ],
  lists: ["participants", "evaluations", "surveys", "resolutions"],
};

/** Columns of `AnalyticsParticipant`; only jobs return its attributes. */
export const PARTICIPANT: Model = {
  columns: [
    ...columnsOf("string", "participantId", "participantName", "purpose", "userId", "teamId"),
    ...columnsOf("string", "externalContactId", "externalOrganizationId", "flaggedReason"),
    ...columnsOf("boolean", "screenRecording"),
  ],
  lists: ["sessions"],
  objects: ["attributes"],
};

/** Columns of `AnalyticsEvaluation`. */
export const EVALUATION: Model = {
  columns: [
    ...columnsOf("string", "evaluationId", "evaluationStatus", "evaluatorId", "userId", "queueId"),
    ...columnsOf("string", "formId", "formName", "contextId", "calibrationId", "assigneeId"),
    ...columnsOf("boolean", "assigneeApplicable", "deleted", "released", "rescored", "systemSubmitted"),
    ...columnsOf("timestamp", "eventTime"),
    ...columnsOf("int64", "oTotalScore", "oTotalCriticalScore"),
  ],
};

/** Columns of `AnalyticsSurvey`. */
export const SURVEY: Model = {
  columns: [
    ...columnsOf("string", "surveyId", "surveyStatus", "surveyType", "surveyFormId", "surveyFormName"),
    ...columnsOf("string", "surveyFormContextId", "queueId", "userId"),
    ...columnsOf("int32", "surveyPromoterScore"),
    ...columnsOf("boolean", "surveyPartialResponse"),
    ...columnsOf("timestamp", "surveyCompletedDate", "eventTime"),
    ...columnsOf("int64", "oSurveyTotalScore"),
  ],
};

/** Columns of `AnalyticsResolution`. */
export const RESOLUTION: Model = {
  columns: [
    ...columnsOf("timestamp", "eventTime"),
    ...columnsOf("string", "queueId", "userId"),
    ...columnsOf("int64", "nNextContactAvoided"),
  ],
};
