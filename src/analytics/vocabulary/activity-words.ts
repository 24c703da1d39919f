/**
 * Dimensions of activity queries by subject, from the platform's enumerations of July 2026. The platform may
 * have added values since.
 */
export const ACTIVITY_DIMENSIONS: Readonly<Record<string, string>> = {
  conversations: `
    activeRouting addressFrom addressTo agentScore ani conversationId convertedFrom convertedTo
    direction dnis mediaType participantName queueId requestedLanguageId requestedRouting
    requestedRoutingSkillId routingPriority scoredAgentId sessionId teamId usedRouting userId
  `,
  users: `
    organizationPresenceId presenceDate queueId queueMembershipStatus routingStatus routingStatusDate
    systemPresence teamId userId
  `,
  routing: `
    organizationPresenceId presenceDate queueId queueMembershipStatus routingStatus routingStatusDate
    systemPresence teamId userId
  `,
  teams: `
    organizationPresenceId presenceDate queueId queueMembershipStatus routingStatus routingStatusDate
    systemPresence teamId userId
  `,
  flows: `
    activeRouting addressFrom addressTo agentScore ani conversationId convertedFrom convertedTo
    direction dnis flowId flowType mediaType participantName queueId requestedLanguageId
    requestedRouting requestedRoutingSkillId routingPriority scoredAgentId sessionId teamId usedRouting
    userId
  `,
};

/** Metrics of activity queries by subject. */
export const ACTIVITY_METRICS: Readonly<Record<string, string>> = {
  conversations: `
    oAlerting oInteracting oLongestInteracting oLongestWaiting oWaiting
  `,
  users: `
    oActiveQueues oMemberQueues
  `,
  routing: `
    oActiveUsers oMemberUsers oOffQueueUsers oOnQueueUsers oUserPresences oUserRoutingStatuses
  `,
  teams: `
    oTeamOffQueueUsers oTeamOnQueueUsers oTeamPresences oTeamRoutingStatuses
  `,
  flows: `
    oFlow
  `,
};
