/** Settings that all asynchronous jobs of the analytics API share. */
export const ANALYTICS_JOB = {
  idField: "jobId",
  finishedStates: ["FULFILLED"],
  lostStates: ["FAILED", "CANCELLED", "EXPIRED"],
  largestPage: 1_000,
  canBeDeleted: true,
} as const;
