/**
 * Dimensions of aggregates by subject, from the platform's enumerations of July 2026. The platform may have
 * added values since.
 */
export const AGGREGATE_DIMENSIONS: Readonly<Record<string, string>> = {
  conversations: `
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
  `,
  users: `
    userId
  `,
  flows: `
    activeRouting activeSkillId addressFrom addressTo agentAssistantId agentBullseyeRing agentOwned
    agentRank agentScore ani assignerId authenticated canonicalExternalContactId conversationId
    conversationInitiator convertedFrom convertedTo customerParticipation deliveryStatus
    destinationAddress direction disconnectType divisionId dnis edgeId eligibleAgentCount endingLanguage
    entryReason entryType errorCode exitReason extendedDeliveryStatus externalContactId
    externalMediaCount externalOrganizationId externalTag firstQueue flaggedReason flowId flowInType
    flowMilestoneId flowName flowOutType flowOutcome flowOutcomeId flowOutcomeValue flowSubType flowType
    flowVersion groupId interactionType journeyActionId journeyActionMapId journeyActionMapVersion
    journeyCustomerId journeyCustomerIdType journeyCustomerSessionId journeyCustomerSessionIdType
    knowledgeBaseId mediaCount mediaType messageType originatingDirection outboundCampaignId
    outboundContactId outboundContactListId participantName peerId proposedAgentId provider purpose
    queueId recognitionFailureReason remote removedSkillId requestedLanguageId requestedRouting
    requestedRoutingSkillId roomId routingPriority routingRing routingRule routingRuleType scoredAgentId
    selectedAgentId selectedAgentRank selfServed sessionDnis sessionId skillExpressionId
    startingLanguage stationId teamId transferTargetAddress transferTargetName transferType usedRouting
    userId videoPresent waitingInteractionCount wrapUpCode
  `,
  flowexecutions: `
    divisionId flowId flowObjectId flowVersion
  `,
  bots: `
    askActionId askActionResult askActionType botFinalIntent botFlowSubType botFlowType botId botIntent
    botName botProduct botProvider botRecognitionFailureReason botResult botSessionId botSlot
    botSlotMechanism botVersion conversationId externalContactId intermediateIntentName knowledgeBaseId
    languageCode lastActionId lastInputActionId mediaType messageType previewMode selfServed
  `,
  actions: `
    actionCategory actionId actionName correlationId errorType integrationId integrationName
    responseStatus
  `,
  evaluations: `
    assigneeApplicable assigneeId calibrationId contextId conversationId conversationStart divisionId
    evaluationContextId evaluationCreatedDate evaluationId evaluationReleaseDate evaluatorId formId
    mediaType queueId released rescored systemSubmitted teamId userId
  `,
  surveys: `
    conversationId divisionId externalContactId mediaType queueId requestedLanguageId
    requestedRoutingSkillId surveyAnswerId surveyCreatedDate surveyErrorReason surveyFormContextId
    surveyFormId surveyFormName surveyId surveyPartialResponse surveyPreviousStatus surveyPromoterScore
    surveyQuestionGroupId surveyQuestionId surveyStatus surveyType teamId userId wrapUpCode
  `,
  resolutions: `
    conversationId externalContactId mediaType queueId requestedRouting usedRouting userId wrapUpDate
  `,
  transcripts: `
    addressFrom addressTo ani categoryId channel conversationDuration conversationId direction
    divisionId dnis flowId flowVersion handleTime mediaType messageType queueId resultsBy teamId topicId
    userId wrapUpCode
  `,
  summaries: `
    conversationId copied editedField errorType language mediaType messageType presented queueId
    summaryGenerated summaryId summaryRating triggerSourceId triggerSourceOutcome triggerSourceType
    userId wrapUpCodeRating wrapUpCodeSuggestionSelected wrapupCodesGenerated
  `,
  journeys: `
    containsAllCondition containsAnyCondition endsWithCondition equalCondition journeyActionId
    journeyActionMapId journeyActionMapVersion journeyActionMediaType journeyActionTargetId
    journeyActionTemplateId journeyBlockingActionMapId journeyBlockingEmergencyScheduleGroupId
    journeyBlockingReason journeyBlockingScheduleGroupId journeyDeviceCategory journeyDeviceType
    journeyFrequencyCapReason journeyIpGeolocationCountry journeyOutcomeId journeySegmentAssignmentState
    journeySegmentId journeySessionId journeySessionSegmentId journeySessionType notContainsAllCondition
    notContainsAnyCondition notEqualCondition startsWithCondition touchpointActionMapId
    touchpointAgentId touchpointAttributionScope touchpointChannelMessageType touchpointChannelPlatform
    touchpointChannelType touchpointConversationId touchpointInteractionType touchpointQueueId
    touchpointRequestedRouting touchpointUsedRouting touchpointWrapupCode
  `,
  knowledge: `
    agentAssistantId answerGenerationEnabled appDeploymentId appType botFlowId conversationChannelType
    conversationId documentEngagementType externalContactId feedbackCategory feedbackId feedbackRating
    feedbackRatingType feedbackRatingValue feedbackReason feedbackType hasComment hasRetrievedReferences
    hasSearch knowledgeBaseDocumentId knowledgeBaseDocumentVariationId knowledgeBaseDocumentVersionId
    knowledgeBaseId knowledgeSettingId languageCode mediaType messageType presentedDocumentsCount
    queryType queryTypeV3 queueId searchId searchQuery selfServed sessionId surfacingMethod userId
  `,
  taskmanagement: `
    assigneeId caseId divisionId externalTag queueId reporterId requestedLanguageId requestedRouting
    requestedRoutingSkillId statusCategory statusId typeId usedRouting userId workbinId workitemId
    wrapUpCode
  `,
  casemanagement: `
    associationType caseId caseplanId conversationId customerIntentId divisionId ownerId priority
    stageId status stepId workitemId
  `,
  agentcopilots: `
    agentAssistantId cannedResponseId cannedResponseLibraryId chunkCount conversationId engagementType
    externalContactId feedbackRating hasAnswerHighlight hasGeneratedAnswer knowledgeBaseDocumentId
    knowledgeBaseDocumentVersionId knowledgeSettingId mediaType messageId queueId scriptId scriptPageId
    searchId state suggestionId suggestionType triggerType userId utteranceId
  `,
  ratelimits: `
    correlationId entityId limitName max namespace timeUnit userId
  `,
};
