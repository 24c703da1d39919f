/** Names that a body may use. Dimensions are compared as values, metrics as numbers. */
export interface DeclaredNames {
  readonly dimensions: ReadonlySet<string>;
  readonly metrics: ReadonlySet<string>;
}

/** Names that `conversationFilters` accepts, as of the API definition of July 2026. */
export const CONVERSATION_NAMES: DeclaredNames = {
  dimensions: namesIn(`
  accessAttribute conversationEnd conversationId conversationInitiator conversationStart
  customerParticipation divisionId externalTag mediaStatsMinConversationMos originatingDirection
  originatingSocialMediaPublic
  `),
  metrics: namesIn(`
  nBlindTransferred nBotInteractions nCallbackAttempts nCallbackOverSla nCallbackScheduled
  nCfcOffered nCobrowseSessions nConnected nConsult nConsultTransferred nConversations nError nFlow
  nFlowMilestone nFlowOutcome nFlowOutcomeFailed nOffered nOutbound nOutboundAbandoned
  nOutboundAttempted nOutboundConnected nOverSla nStateTransitionError nTakeover nTransferred
  oAudioMessageCount oExternalAudioMessageCount oExternalMediaCount oFlowMilestone oMediaCount
  oMessageCount oMessageSegmentCount oMessageTurn oSkillExpressionApplications tAbandon tAcd
  tActiveCallback tActiveCallbackComplete tAcw tAgentResponseTime tAgentVideoConnected tAlert
  tAnswered tAverageAgentResponseTime tAverageCustomerResponseTime tBarging tCallbackAbandon
  tCallbackConnect tCallbackNotReached tCallbackVirtualWait tCfcAbandon tCfcAcd tCfcAnswered
  tCfcFlowOut tCoaching tCoachingComplete tConnected tContacting tConversationDuration tDialing
  tFirstConnect tFirstDial tFirstEngagement tFirstResponse tFlow tFlowDisconnect tFlowExit tFlowOut
  tFlowOutcome tHandle tHeld tHeldComplete tIvr tMonitoring tMonitoringComplete tNotResponding tPark
  tParkComplete tScreenMonitoring tShortAbandon tSnippetRecord tTalk tTalkComplete tTransmitting
  tUserResponseTime tVoicemail
  `),
};

/** Names that `segmentFilters` accepts. */
export const SEGMENT_NAMES: DeclaredNames = {
  dimensions: namesIn(`
  addressFrom addressTo agentAssistantId agentOwned ani authenticated bargedParticipantId
  callbackNumber callbackScheduledTime canonicalExternalContactId cleared coachedParticipantId
  conference deliveryPushed deliveryStatus destinationAddress destinationConversationId
  detectedSpeechEnd detectedSpeechStart direction disconnectType dnis edgeId engagementSource
  errorCode exitReason extendedDeliveryStatus externalContactId externalOrganizationId flaggedReason
  flowId flowName flowOutType flowOutcome flowOutcomeId flowOutcomeValue flowVersion groupId
  journeyActionId journeyActionMapId journeyCustomerId journeyCustomerIdType
  journeyCustomerSessionId mediaCount mediaType messageType monitoredParticipantId
  outboundCampaignId outboundContactId outboundContactListId participantName protocolCallId provider
  purpose queueId recording remote remoteNameDisplayable requestedLanguageId requestedRouting
  requestedRoutingSkillId scoredAgentId screenMonitoredUserId screenRecording scriptId segmentEnd
  segmentType sessionDnis sipResponseCode skillExpressionId snippetRecording subject teamId
  transferTargetAddress transferTargetName transferType usedRouting userId wrapUpCode wrapUpNote
  `),
  metrics: namesIn(`
  tSegmentDuration
  `),
};

/** Names that `evaluationFilters` accepts. */
export const EVALUATION_NAMES: DeclaredNames = {
  dimensions: namesIn(`
  assigneeApplicable assigneeId calibrationId contextId deleted evaluationId evaluationStatus
  evaluatorId eventTime formId formName queueId released rescored systemSubmitted userId
  `),
  metrics: namesIn(`
  oTotalCriticalScore oTotalScore
  `),
};

/** Names that `surveyFilters` accepts. */
export const SURVEY_NAMES: DeclaredNames = {
  dimensions: namesIn(`
  eventTime queueId surveyCompletedDate surveyFormContextId surveyFormId surveyId
  surveyPartialResponse surveyPromoterScore surveyStatus surveyType userId
  `),
  metrics: namesIn(`
  oSurveyTotalScore
  `),
};

/** Names that `resolutionFilters` accepts. None of them is a dimension. */
export const RESOLUTION_NAMES: DeclaredNames = {
  dimensions: namesIn(""),
  metrics: namesIn(`
  nNextContactAvoided
  `),
};

/** Names that conversation aggregates accept: dimensions for groups and filters, and metrics to return. */
export const AGGREGATE_NAMES: DeclaredNames = {
  dimensions: namesIn(`
  activeRouting activeSkillId addressFrom addressTo agentAssistantId agentBullseyeRing agentOwned
  agentRank agentScore ani assignerId authenticated canonicalExternalContactId conversationId
  conversationInitiator convertedFrom convertedTo customerParticipation deliveryStatus
  destinationAddress direction disconnectType divisionId dnis edgeId eligibleAgentCount errorCode
  extendedDeliveryStatus externalContactId externalMediaCount externalOrganizationId externalTag
  firstQueue flaggedReason flowInType flowOutType groupId interactionType journeyActionId
  journeyActionMapId journeyActionMapVersion journeyCustomerId journeyCustomerIdType
  journeyCustomerSessionId journeyCustomerSessionIdType knowledgeBaseId mediaCount mediaType
  messageType originatingDirection originatingSocialMediaPublic outboundCampaignId outboundContactId
  outboundContactListId participantName peerId proposedAgentId provider purpose queueId remote
  removedSkillId requestedLanguageId requestedRouting requestedRoutingSkillId roomId routingPriority
  routingRing routingRule routingRuleType scoredAgentId selectedAgentId selectedAgentRank selfServed
  sessionDnis sessionId skillExpressionId stationId teamId usedRouting userId videoPresent
  waitingInteractionCount wrapUpCode
  `),
  metrics: namesIn(`
  nBlindTransferred nBotInteractions nCallbackAttempts nCallbackOverSla nCallbackScheduled
  nCfcOffered nCobrowseSessions nConnected nConsult nConsultTransferred nConversations nError
  nOffered nOutbound nOutboundAbandoned nOutboundAttempted nOutboundConnected nOverSla
  nStateTransitionError nTakeover nTransferred oAudioMessageCount oCallbackServiceLevel
  oExternalAudioMessageCount oExternalMediaCount oMediaCount oMessageCount oMessageSegmentCount
  oMessageTurn oServiceLevel oServiceTarget oSkillExpressionApplications tAbandon tAcd
  tActiveCallback tActiveCallbackComplete tAcw tAgentResponseTime tAgentVideoConnected tAlert
  tAnswered tAverageAgentResponseTime tAverageCustomerResponseTime tBarging tCallbackAbandon
  tCallbackConnect tCallbackNotReached tCallbackVirtualWait tCfcAbandon tCfcAcd tCfcAnswered
  tCfcFlowOut tCoaching tCoachingComplete tConnected tContacting tDialing tFirstConnect tFirstDial
  tFirstEngagement tFirstResponse tFlowOut tHandle tHeld tHeldComplete tIvr tMonitoring
  tMonitoringComplete tNotResponding tPark tParkComplete tScreenMonitoring tShortAbandon
  tSnippetRecord tTalk tTalkComplete tTransmitting tUserResponseTime tVoicemail tWait
  `),
};

/** Names that each activity query of the sandbox accepts, by its subject. */
export const ACTIVITY_NAMES = {
  conversations: {
    dimensions: namesIn(`
    activeRouting addressFrom addressTo agentScore ani conversationId convertedFrom convertedTo
    direction dnis mediaType participantName queueId requestedLanguageId requestedRouting
    requestedRoutingSkillId routingPriority scoredAgentId sessionId teamId usedRouting userId
    `),
    metrics: namesIn(`
    oAlerting oInteracting oLongestInteracting oLongestWaiting oWaiting
    `),
  },
  users: {
    dimensions: namesIn(`
    organizationPresenceId presenceDate queueId queueMembershipStatus routingStatus
    routingStatusDate systemPresence teamId userId
    `),
    metrics: namesIn(`
    oActiveQueues oMemberQueues
    `),
  },
  routing: {
    dimensions: namesIn(`
    organizationPresenceId presenceDate queueId queueMembershipStatus routingStatus
    routingStatusDate systemPresence teamId userId
    `),
    metrics: namesIn(`
    oActiveUsers oMemberUsers oOffQueueUsers oOnQueueUsers oUserPresences oUserRoutingStatuses
    `),
  },
  flows: {
    dimensions: namesIn(`
    activeRouting addressFrom addressTo agentScore ani conversationId convertedFrom convertedTo
    direction dnis flowId flowType mediaType participantName queueId requestedLanguageId
    requestedRouting requestedRoutingSkillId routingPriority scoredAgentId sessionId teamId
    usedRouting userId
    `),
    metrics: namesIn(`
    oFlow
    `),
  },
} satisfies Readonly<Record<string, DeclaredNames>>;

function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.trim() === "" ? [] : text.trim().split(/\s+/));
}
