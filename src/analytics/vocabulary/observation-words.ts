/**
 * Dimensions of observations by subject, from the platform's enumerations of July 2026. The platform may have
 * added values since.
 */
export const OBSERVATION_DIMENSIONS: Readonly<Record<string, string>> = {
  users: `
    userId
  `,
  queues: `
    mediaType queueId
  `,
  flows: `
    flowId mediaType
  `,
};

/** Observation metrics by subject. */
export const OBSERVATION_METRICS: Readonly<Record<string, string>> = {
  users: `
    oActiveQueues oMemberQueues
  `,
  queues: `
    oActiveUsers oAlerting oInteracting oLongestInteracting oLongestWaiting oMemberUsers oOffQueueUsers
    oOnQueueUsers oUserPresences oUserRoutingStatuses oWaiting
  `,
  flows: `
    oFlow
  `,
};
