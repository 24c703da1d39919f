/**
 * Dimensions and metrics of detail queries, by the filter field that accepts them, from the platform's
 * enumerations of July 2026. The platform may have added values since.
 */
export const DETAIL_WORDS: Readonly<Record<string, string>> = {
  conversation: `
    accessAttribute conversationEnd conversationId conversationInitiator conversationStart
    customerParticipation divisionId externalTag mediaStatsMinConversationMos originatingDirection
    originatingSocialMediaPublic
  `,
  conversationMetrics: `
    nBlindTransferred nBotInteractions nCallbackAttempts nCallbackOverSla nCallbackScheduled nCfcOffered
    nCobrowseSessions nConnected nConsult nConsultTransferred nConversations nError nFlow nFlowMilestone
    nFlowOutcome nFlowOutcomeFailed nOffered nOutbound nOutboundAbandoned nOutboundAttempted
    nOutboundConnected nOverSla nStateTransitionError nTakeover nTransferred oAudioMessageCount
    oExternalAudioMessageCount oExternalMediaCount oFlowMilestone oMediaCount oMessageCount
    oMessageSegmentCount oMessageTurn oSkillExpressionApplications tAbandon tAcd tActiveCallback
    tActiveCallbackComplete tAcw tAgentResponseTime tAgentVideoConnected tAlert tAnswered
    tAverageAgentResponseTime tAverageCustomerResponseTime tBarging tCallbackAbandon tCallbackConnect
    tCallbackNotReached tCallbackVirtualWait tCfcAbandon tCfcAcd tCfcAnswered tCfcFlowOut tCoaching
    tCoachingComplete tConnected tContacting tConversationDuration tDialing tFirstConnect tFirstDial
    tFirstEngagement tFirstResponse tFlow tFlowDisconnect tFlowExit tFlowOut tFlowOutcome tHandle tHeld
    tHeldComplete tIvr tMonitoring tMonitoringComplete tNotResponding tPark tParkComplete
    tScreenMonitoring tShortAbandon tSnippetRecord tTalk tTalkComplete tTransmitting tUserResponseTime
    tVoicemail
  `,
  segment: `
    addressFrom addressTo agentAssistantId agentOwned ani authenticated bargedParticipantId
    callbackNumber callbackScheduledTime canonicalExternalContactId cleared coachedParticipantId
    conference deliveryPushed deliveryStatus destinationAddress destinationConversationId
    detectedSpeechEnd detectedSpeechStart direction disconnectType dnis edgeId engagementSource
    errorCode exitReason extendedDeliveryStatus externalContactId externalOrganizationId flaggedReason
    flowId flowName flowOutType flowOutcome flowOutcomeId flowOutcomeValue flowVersion groupId
    journeyActionId journeyActionMapId journeyCustomerId journeyCustomerIdType journeyCustomerSessionId
    mediaCount mediaType messageType monitoredParticipantId outboundCampaignId outboundContactId
    outboundContactListId participantName protocolCallId provider purpose queueId recording remote
    remoteNameDisplayable requestedLanguageId requestedRouting requestedRoutingSkillId scoredAgentId
    screenMonitoredUserId screenRecording scriptId segmentEnd segmentType sessionDnis sipResponseCode
    skillExpressionId snippetRecording subject teamId transferTargetAddress transferTargetName
    transferType usedRouting userId wrapUpCode wrapUpNote
  `,
  segmentMetrics: `
    tSegmentDuration
  `,
  evaluation: `
    assigneeApplicable assigneeId calibrationId contextId deleted evaluationId evaluationStatus
    evaluatorId eventTime formId formName queueId released rescored systemSubmitted userId
  `,
  evaluationMetrics: `
    oTotalCriticalScore oTotalScore
  `,
  survey: `
    eventTime queueId surveyCompletedDate surveyFormContextId surveyFormId surveyId
    surveyPartialResponse surveyPromoterScore surveyStatus surveyType userId
  `,
  surveyMetrics: `
    oSurveyTotalScore
  `,
  resolutionMetrics: `
    nNextContactAvoided
  `,
  user: `
    userId
  `,
  presence: `
    organizationPresenceId systemPresence
  `,
  routingStatus: `
    routingStatus
  `,
};
