import { columnsOf, type Model } from "./table-plan.ts";

/** Columns of `AnalyticsSession`, grouped by topic. */
export const SESSION: Model = {
  columns: [
    // Identity and owner of the session.
    ...columnsOf(
      "string",
      "sessionId",
      "peerId",
      "edgeId",
      "provider",
      "protocolCallId",
      "scriptId",
      "roomId",
    ),
    ...columnsOf("string", "mediaBridgeId", "agentAssistantId", "assignerId", "selectedAgentId"),
    ...columnsOf("string", "skillExpressionId", "monitoredParticipantId", "coachedParticipantId"),
    ...columnsOf("string", "bargedParticipantId", "screenMonitoredUserId"),
    ...columnsOf("string", "cobrowseRoomId", "screenShareRoomId", "videoRoomId"),
    // Media type.
    ...columnsOf("string", "mediaType", "messageType", "direction", "engagementSource"),
    ...columnsOf("int32", "mediaCount"),
    ...columnsOf("boolean", "recording", "snippetRecording", "sharingScreen", "authenticated"),
    ...columnsOf("string", "cobrowseRole", "deliveryStatus"),
    ...columnsOf("timestamp", "deliveryStatusChangeDate"),
    ...columnsOf("string", "extendedDeliveryStatus"),
    ...columnsOf("boolean", "deliveryPushed"),
    ...columnsOf("string", "errorCodeDescription"),
    ...columnsOf("timestamp", "detectedSpeechStart", "detectedSpeechEnd"),
    // Addresses.
    ...columnsOf("string", "ani", "dnis", "sessionDnis", "addressFrom", "addressTo", "addressSelf"),
    ...columnsOf("string", "addressOther", "remote", "remoteNameDisplayable", "screenShareAddressSelf"),
    ...columnsOf("string", "videoAddressSelf"),
    ...columnsOf("strings", "cc", "bcc", "callbackNumbers", "destinationAddresses"),
    // Routing.
    ...columnsOf("strings", "requestedRoutings"),
    ...columnsOf("string", "usedRouting"),
    ...columnsOf("strings", "activeSkillIds", "removedSkillIds"),
    ...columnsOf("int32", "routingRing", "agentBullseyeRing"),
    ...columnsOf("string", "routingRule", "routingRuleType"),
    ...columnsOf("int32", "selectedAgentRank"),
    ...columnsOf("integers", "eligibleAgentCounts", "waitingInteractionCounts"),
    ...columnsOf("json", "agentGroups", "proposedAgents"),
    // Callbacks.
    ...columnsOf("timestamp", "callbackScheduledTime"),
    ...columnsOf("string", "callbackUserName"),
    ...columnsOf("int32", "timeoutSeconds"),
    ...columnsOf("boolean", "skipEnabled", "agentOwned"),
    // Outbound campaigns.
    ...columnsOf("string", "outboundCampaignId", "outboundContactId", "outboundContactListId"),
    ...columnsOf("string", "dispositionAnalyzer", "dispositionName"),
    // Transfers and after-call work.
    ...columnsOf("string", "flowInType", "flowOutType"),
    ...columnsOf("boolean", "acwSkipped", "cleared"),
    // Customer journey.
    ...columnsOf("string", "journeyActionId", "journeyActionMapId"),
    ...columnsOf("int32", "journeyActionMapVersion"),
    ...columnsOf("string", "journeyCustomerId", "journeyCustomerIdType"),
    ...columnsOf("string", "journeyCustomerSessionId", "journeyCustomerSessionIdType"),
  ],
  lists: ["segments", "metrics", "mediaEndpointStats"],
  objects: ["flow"],
};

/** Columns of `AnalyticsFlow`. A session has at most one flow, which shares its row. */
export const FLOW: Model = {
  columns: [
    ...columnsOf("string", "flowId", "flowName", "flowType", "flowVersion", "entryType", "entryReason"),
    ...columnsOf("string", "exitReason", "startingLanguage", "endingLanguage", "transferType"),
    ...columnsOf("string", "transferTargetName", "transferTargetAddress", "recognitionFailureReason"),
    ...columnsOf("boolean", "issuedCallback"),
  ],
  lists: ["outcomes"],
};

/** Columns of `AnalyticsFlowOutcome`. */
export const FLOW_OUTCOME: Model = {
  columns: [
    ...columnsOf("string", "flowOutcome", "flowOutcomeId", "flowOutcomeValue"),
    ...columnsOf("timestamp", "flowOutcomeStartTimestamp", "flowOutcomeEndTimestamp"),
  ],
};

/** Columns of `AnalyticsConversationSegment`. */
export const SEGMENT: Model = {
  columns: [
    ...columnsOf("timestamp", "segmentStart", "segmentEnd"),
    ...columnsOf("string", "segmentType"),
    ...columnsOf("boolean", "conference"),
    ...columnsOf("string", "disconnectType", "queueId", "groupId", "errorCode", "subject"),
    ...columnsOf("string", "wrapUpCode", "wrapUpNote"),
    ...columnsOf("strings", "wrapUpTags"),
    ...columnsOf("string", "requestedLanguageId"),
    ...columnsOf("strings", "requestedRoutingSkillIds", "requestedRoutingUserIds"),
    ...columnsOf("integers", "sipResponseCodes", "q850ResponseCodes"),
    ...columnsOf("string", "sourceConversationId", "sourceSessionId"),
    ...columnsOf("string", "destinationConversationId", "destinationSessionId"),
    ...columnsOf("boolean", "audioMuted", "videoMuted"),
    ...columnsOf("json", "scoredAgents", "properties"),
  ],
};

/** Columns of `AnalyticsSessionMetric`; the value of a timer (`t…`) is in milliseconds. */
export const METRIC: Model = {
  columns: [
    ...columnsOf("string", "name"),
    ...columnsOf("int64", "value"),
    ...columnsOf("timestamp", "emitDate"),
  ],
};

/** Columns of `AnalyticsMediaEndpointStat`. */
export const MEDIA_ENDPOINT_STAT: Model = {
  columns: [
    ...columnsOf("timestamp", "eventTime"),
    ...columnsOf("strings", "codecs"),
    ...columnsOf("double", "minMos", "minRFactor"),
    ...columnsOf("int64", "maxLatencyMs", "receivedPackets", "discardedPackets", "duplicatePackets"),
    ...columnsOf("int64", "invalidPackets", "overrunPackets", "underrunPackets"),
  ],
};
