/** Metrics of observations that a person watches, the most important first; any other metric follows them. */
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
