import { type Job, stateOf } from "../jobs/job.ts";
import type { World } from "../world.ts";

/** Lists every job that was ever submitted, for tests that look for abandoned ones. */
export function describeJobs(world: World): readonly Readonly<Record<string, unknown>>[] {
  return [...world.jobs.values()].map((job) => describeJob(job, world.clock.now()));
}

function describeJob(job: Job, nowMs: number): Readonly<Record<string, unknown>> {
  return {
    id: job.id,
    path: job.path,
    interval: [job.interval.startMs, job.interval.endMs]
      .map((each) => new Date(each).toISOString())
      .join("/"),
    state: stateOf(job, nowMs),
    deleted: job.isDeleted,
    polls: job.polls,
    pages: job.pages,
    watermark: new Date(job.watermarkMs).toISOString(),
  };
}
