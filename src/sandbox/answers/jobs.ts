import { ok } from "../answer.ts";
import { CONVERSATION_JOBS } from "../jobs/conversation-jobs.ts";
import { answerDeletion, answerResults, answerStatus } from "../jobs/reading.ts";
import { type JobKind, submitJob } from "../jobs/submission.ts";
import { watermarkOf } from "../jobs/watermark.ts";
import { type Handler, instant } from "./exchange.ts";

/** The asynchronous queries, by the path they are submitted to. */
const KINDS: Readonly<Record<string, JobKind>> = {
  "/api/v2/analytics/conversations/details/jobs": CONVERSATION_JOBS,
};

const availability: Handler = ({ world }) => ok({ dataAvailabilityDate: instant(watermarkOf(world)) });

/** Submitting, polling, reading and cancelling jobs, and how far the lake behind them has come. */
export const JOB_ANSWERS: Readonly<Record<string, Handler>> = {
  ...Object.fromEntries(
    Object.entries(KINDS).flatMap(([path, kind]): readonly (readonly [string, Handler])[] => [
      [`POST ${path}`, (exchange) => submitJob(exchange, kind)],
      [`GET ${path}/{jobId}`, answerStatus],
      [
        `GET ${path}/{jobId}/results`,
        (exchange) => answerResults(exchange, exchange.world.settings.largestJobPage),
      ],
      [`DELETE ${path}/{jobId}`, answerDeletion],
    ]),
  ),
  "GET /api/v2/analytics/conversations/details/jobs/availability": availability,
  "GET /api/v2/analytics/users/details/jobs/availability": availability,
};
