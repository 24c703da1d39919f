/** Observation metrics that people usually watch, most important first. All other metrics come after them. */
export const USUAL_METRICS: readonly string[] = [
  "oWaiting",
  "oInteracting",
  "oAlerting",
  "oLongestWaiting",
  "oOnQueueUsers",
  "oActiveUsers",
  "oLongestInteracting",
  "oUserRoutingStatuses",
  "oUserPresences",
  "oOffQueueUsers",
  "oMemberUsers",
];
