import { ok } from "../../answer.ts";
import { type Handler, instant } from "../../exchange.ts";
import { AGGREGATE_JOBS } from "../../jobs/aggregate-jobs.ts";
import { CONVERSATION_JOBS } from "../../jobs/conversation-jobs.ts";
import { answerDeletion, answerResults, answerStatus } from "../../jobs/reading.ts";
import { type JobKind, submitJob } from "../../jobs/submission.ts";
import { watermarkOf } from "../../jobs/watermark.ts";
import { USER_JOBS } from "../../users/user-jobs.ts";

/** The asynchronous queries, by the path to which they are submitted. */
const KINDS: Readonly<Record<string, JobKind>> = {
  "/api/v2/analytics/conversations/details/jobs": CONVERSATION_JOBS,
  "/api/v2/analytics/users/details/jobs": USER_JOBS,
  "/api/v2/analytics/conversations/aggregates/jobs": AGGREGATE_JOBS,
};

const availability: Handler = ({ world }) => ok({ dataAvailabilityDate: instant(watermarkOf(world)) });

/** Operations that submit, poll, read and cancel jobs, and return the watermark of the data lake that they read. */
export const JOB_ANSWERS: Readonly<Record<string, Handler>> = {
  ...Object.fromEntries(
    Object.entries(KINDS).flatMap(([path, kind]): readonly (readonly [string, Handler])[] => [
      [`POST ${path}`, (exchange) => submitJob(exchange, kind)],
      [`GET ${path}/{jobId}`, answerStatus],
      [
        `GET ${path}/{jobId}/results`,
        (exchange) => {
          const { largestJobPage, jobPageSize } = exchange.world.settings;
          return answerResults(exchange, { largestPage: largestJobPage, usualPage: jobPageSize });
        },
      ],
      [`DELETE ${path}/{jobId}`, answerDeletion],
    ]),
  ),
  "GET /api/v2/analytics/conversations/details/jobs/availability": availability,
  "GET /api/v2/analytics/users/details/jobs/availability": availability,
};
