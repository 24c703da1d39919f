import { asArray, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import { type Answer, ok } from "../answer.ts";
import { AUDITED, auditedAtMs, readAudit } from "../audits/audit.ts";
import { intervalIn, type SearchInterval } from "../conversations/search/interval.ts";
import { badRequest, bodyOf, type Exchange, type Handler, instant, refuse } from "../exchange.ts";
import { type Job, type JobState, type Rows, stateOf } from "../jobs/job.ts";
import { answerResults, jobOf } from "../jobs/reading.ts";
import { createJob } from "../jobs/submission.ts";
import { isRefusal, MALFORMED_BODY } from "../refusal.ts";
import type { World } from "../world.ts";

const LONGEST_DAYS = 7;

/** Audit queries: submitted, polled and read like the jobs of analytics, with other field names. */
export const AUDIT_ANSWERS: Readonly<Record<string, Handler>> = {
  "POST /api/v2/audits/query": submit,
  "GET /api/v2/audits/query/{transactionId}": status,
  "GET /api/v2/audits/query/{transactionId}/results": (exchange) =>
    answerResults(exchange, { largestPage: 500, usualPage: 25 }),
  "GET /api/v2/audits/query/servicemapping": () =>
    ok({
      services: Object.entries(AUDITED).map(([name, entities]) => ({
        name,
        entities: entities.map((each) => ({ name: each, actions: ["Create", "Update", "Delete", "View"] })),
      })),
    }),
};

const STATES: Readonly<Record<JobState, string>> = {
  QUEUED: "Queued",
  PENDING: "Running",
  FULFILLED: "Succeeded",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
  EXPIRED: "Failed",
};

function submit(exchange: Exchange): Answer {
  const { world } = exchange;
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  const interval = intervalIn(body, LONGEST_DAYS);
  if (isRefusal(interval)) return refuse(exchange, interval);
  const service = asString(body["serviceName"]);
  if (service !== null && !Object.hasOwn(AUDITED, service)) {
    return badRequest(exchange, `The service ${service} is not audited`);
  }
  const job = createJob(exchange, {
    interval,
    body,
    rowsKey: "entities",
    besides: {},
    watermarkMs: world.dataTimeMs,
    rows: () => findAudits(world, interval, body),
  });
  return ok(describe(job, exchange.nowMs));
}

function status(exchange: Exchange): Answer {
  const job = jobOf(exchange, "state");
  if (isRefusal(job)) return refuse(exchange, job);
  job.polls += 1;
  return ok(describe(job, exchange.nowMs));
}

function describe(job: Job, nowMs: number): Readonly<Record<string, unknown>> {
  return {
    id: job.id,
    state: STATES[stateOf(job, nowMs)],
    startDate: instant(job.submittedAtMs),
    interval: asString(job.body["interval"]),
    serviceName: asString(job.body["serviceName"]) ?? undefined,
    filters: asArray(job.body["filters"]),
  };
}

/** Whether an audit matches `filters`, `{property, value}` pairs that must all hold. */
function findAudits(world: World, { startMs, endMs }: SearchInterval, body: JsonRecord): Rows {
  const service = asString(body["serviceName"]);
  const filters = asArray(body["filters"]).map(asRecord);
  const found: number[] = [];
  for (let place = 0; place < world.roster.sizes.audits; place += 1) {
    const eventMs = auditedAtMs(world, place);
    if (eventMs < startMs || eventMs >= endMs) continue;
    const audit = readAudit(world, place);
    if (service !== null && audit.serviceName !== service) continue;
    if (filters.every((each) => propertyOf(audit.body, asString(each["property"]) ?? "") === each["value"])) {
      found.push(place);
    }
  }
  return {
    count: found.length,
    textAt: (place) => JSON.stringify(readAudit(world, found[place] ?? 0).body),
  };
}

/** Value of a property of an audit: `UserId`, `EntityType`, `Action`, … */
function propertyOf(body: JsonRecord, property: string): unknown {
  if (property === "UserId") return asRecord(body["user"])["id"];
  if (property === "EntityId") return asRecord(body["entity"])["id"];
  return body[property.charAt(0).toLowerCase() + property.slice(1)];
}
