/**
 * Metrics of aggregates by subject, from the platform's enumerations of July 2026. The platform may have added
 * values since.
 */
export const AGGREGATE_METRICS: Readonly<Record<string, string>> = {
  conversations: `
    nBlindTransferred nBotInteractions nCallbackAttempts nCallbackOverSla nCallbackScheduled nCfcOffered
    nCobrowseSessions nConnected nConsult nConsultTransferred nConversations nError nOffered nOutbound
    nOutboundAbandoned nOutboundAttempted nOutboundConnected nOverSla nStateTransitionError nTakeover
    nTransferred oAudioMessageCount oCallbackServiceLevel oExternalAudioMessageCount oExternalMediaCount
    oMediaCount oMessageCount oMessageSegmentCount oMessageTurn oServiceLevel oServiceTarget
    oSkillExpressionApplications tAbandon tAcd tActiveCallback tActiveCallbackComplete tAcw
    tAgentResponseTime tAgentVideoConnected tAlert tAnswered tAverageAgentResponseTime
    tAverageCustomerResponseTime tBarging tCallbackAbandon tCallbackConnect tCallbackNotReached
    tCallbackVirtualWait tCfcAbandon tCfcAcd tCfcAnswered tCfcFlowOut tCoaching tCoachingComplete
    tConnected tContacting tDialing tFirstConnect tFirstDial tFirstEngagement tFirstResponse tFlowOut
    tHandle tHeld tHeldComplete tIvr tMonitoring tMonitoringComplete tNotResponding tPark tParkComplete
    tScreenMonitoring tShortAbandon tSnippetRecord tTalk tTalkComplete tTransmitting tUserResponseTime
    tVoicemail tWait
  `,
  users: `
    tAgentRoutingStatus tOrganizationPresence tSystemPresence
  `,
  flows: `
    nFlow nFlowMilestone nFlowOutcome nFlowOutcomeFailed oFlowMilestone tFlow tFlowDisconnect tFlowExit
    tFlowOutcome
  `,
  flowexecutions: `
    nFlowExecutions
  `,
  bots: `
    nBotSessionTurns nBotSessions oBotIntent oBotSessionCollection oBotSessionCollectionSelfServed
    oBotSessionQuery oBotSessionQuerySelfServed oBotSessionTurn oBotSlot tBotDisconnect tBotExit
    tBotRecognitionFailure tBotSession
  `,
  actions: `
    tTotalExecution
  `,
  evaluations: `
    nEvaluations nEvaluationsDeleted nEvaluationsRescored oTotalCriticalScore oTotalScore
  `,
  surveys: `
    nSurveyErrors nSurveyFullResponses nSurveyNpsDetractors nSurveyNpsPromoters nSurveyNpsResponses
    nSurveyPartialResponses nSurveyQuestionGroupResponses nSurveyQuestionResponses nSurveyResponses
    nSurveysAbandoned nSurveysDeleted nSurveysExpired nSurveysSent nSurveysStarted nVoiceSurveys
    nWebSurveys oSurveyQuestionGroupScore oSurveyQuestionScore oSurveyTotalScore
  `,
  resolutions: `
    nNextContactAvoided
  `,
  transcripts: `
    nSpeechTextAnalyzedConversations nTopicCommunications oCustomerSentiment oOverTalkSpeechInstances
    oSentimentScore tAgentSpeech tCustomerSpeech tOtherAudio tOverTalkSpeech tSilence
    tTotalSpeechAndSilence
  `,
  summaries: `
    nConversationSummaries nConversationSummaryEngagements tConversationSummary
  `,
  journeys: `
    nDistinctJourneyActions nDistinctJourneySessions nJourneyActionsBlocked nJourneyOutcomesAchieved
    nJourneyOutcomesAttributed nJourneySegmentsAssigned nJourneySessions nWebActionsAbandoned
    nWebActionsAccepted nWebActionsEngaged nWebActionsErrored nWebActionsFrequencyCapReached
    nWebActionsIgnored nWebActionsOffered nWebActionsOfferedOutsideSchedule nWebActionsQualified
    nWebActionsQualifiedOutsideSchedule nWebActionsRejected nWebActionsStarted nWebActionsTimedout
    oJourneyOutcomeTouchpointValue oJourneyOutcomeValue
  `,
  knowledge: `
    nDistinctKnowledgeSessions nKnowledgeDocumentCopied nKnowledgeDocumentFeedback
    nKnowledgeDocumentPresented nKnowledgeDocumentSurfaced nKnowledgeDocumentViewed nKnowledgeSearch
    nKnowledgeSearchAnswered nKnowledgeSearchFeedback nKnowledgeSearchUnanswered nKnowledgeSessions
    nKnowledgeV3Search oKnowledgeDocumentQuery oKnowledgeDocumentQuerySelfServed oKnowledgeSearch
  `,
  taskmanagement: `
    nWorkitemsAcdCancelled nWorkitemsAcdExpired nWorkitemsAcdStarted nWorkitemsAgentTransferred
    nWorkitemsCreated nWorkitemsDeclined nWorkitemsDeleted nWorkitemsDisconnected nWorkitemsOffered
    nWorkitemsOverSla nWorkitemsPurged nWorkitemsQueueTransferred nWorkitemsStatusChanged
    nWorkitemsTerminated nWorkitemsTimedout nWorkitemsTransferred nWorkitemsWrapupAdded
    nWorkitemsWrapupRemoved oWorkitemsServiceLevel tWorkitemsAgentFocusComplete tWorkitemsAlert
    tWorkitemsAnswered tWorkitemsDirectAnswered tWorkitemsFocus tWorkitemsFocusComplete
    tWorkitemsHandled tWorkitemsHeld tWorkitemsHeldComplete tWorkitemsNotResponding tWorkitemsParked
    tWorkitemsQueueAnswered tWorkitemsStatus
  `,
  casemanagement: `
    nCaseAssociationsCreated nCasesDeleted nCasesOpened nCasesOverSla nCasesPurged nCasesStatusChanged
    nCasesTerminated oCasesServiceLevel tCasesResolved tCasesStatus
  `,
  agentcopilots: `
    nCannedResponseSuggestions nDistinctConversations nDistinctSuggestions nKnowledgeAnswerSuggestions
    nKnowledgeArticleSuggestions nKnowledgeSearchSuggestions nScriptSuggestions
  `,
  ratelimits: `
    oRateLimitRecorded
  `,
};
