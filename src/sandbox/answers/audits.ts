import { asArray, asNumber, asRecord, asString, parseJson } from "../../core/json.ts";
import { type Answer, ok } from "../answer.ts";
import { AUDITED } from "../audits/audit.ts";
import { findAudits } from "../audits/find-audits.ts";
import { RECORDED } from "../audits/recorded-audit.ts";
import { DAY_MS } from "../conversations/plan/instant.ts";
import { intervalIn } from "../conversations/search/interval.ts";
import { badRequest, bodyOf, type Exchange, type Handler, instant, refuse } from "../exchange.ts";
import { type Job, type JobState, stateOf } from "../jobs/job.ts";
import { answerResults, jobOf } from "../jobs/reading.ts";
import { createJob } from "../jobs/submission.ts";
import { isRefusal, MALFORMED_BODY } from "../refusal.ts";

/** Maximum interval of one query, in days. */
const LONGEST_DAYS = 7;
/** How far back the realtime query reaches, in days. */
const REALTIME_DAYS = 14;
const LARGEST_PAGE = 500;
const USUAL_PAGE = 25;

/**
 * Audit queries, which are submitted, polled and read like analytics jobs, with other field names. The realtime query
 * returns its result immediately, but covers fewer days and services.
 */
export const AUDIT_ANSWERS: Readonly<Record<string, Handler>> = {
  "POST /api/v2/audits/query": submit,
  "GET /api/v2/audits/query/{transactionId}": status,
  "GET /api/v2/audits/query/{transactionId}/results": (exchange) =>
    answerResults(exchange, {
      largestPage: LARGEST_PAGE,
      usualPage: USUAL_PAGE,
      rewrite: (row) => withUser(exchange, row),
    }),
  "GET /api/v2/audits/query/servicemapping": ({ world }) =>
    ok(describeServices(SERVICES.filter((name) => !world.settings.unauditedServices.includes(name)))),
  "POST /api/v2/audits/query/realtime": answerRealtime,
  "GET /api/v2/audits/query/realtime/servicemapping": ({ world }) =>
    ok(describeServices(world.settings.realtimeAuditServices)),
};

const STATES: Readonly<Record<JobState, string>> = {
  QUEUED: "Queued",
  PENDING: "Running",
  FULFILLED: "Succeeded",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
  EXPIRED: "Failed",
};

const SERVICES = [...new Set([...Object.keys(AUDITED), ...Object.keys(RECORDED)])];
const USUAL_ACTIONS = ["Create", "Update", "Delete", "View"];

function describeServices(names: readonly string[]): object {
  const usual = (name: string) => (AUDITED[name] ?? []).map((entity) => [entity, USUAL_ACTIONS] as const);
  return {
    services: names.map((name) => ({
      name,
      entities: [...usual(name), ...Object.entries(RECORDED[name] ?? {})].map(([entity, actions]) => ({
        name: entity,
        actions,
      })),
    })),
  };
}

function submit(exchange: Exchange): Answer {
  const { world, caller } = exchange;
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  const interval = intervalIn(body, LONGEST_DAYS);
  if (isRefusal(interval)) return refuse(exchange, interval);
  const service = asString(body["serviceName"]);
  if (service !== null && !SERVICES.includes(service)) {
    return badRequest(exchange, `The service ${service} is not audited`);
  }
  const job = createJob(exchange, {
    interval,
    body,
    rowsKey: "entities",
    besides: {},
    watermarkMs: world.dataTimeMs,
    rows: () => findAudits(world, caller.organization, interval, body),
  });
  return ok(describe(job, exchange.nowMs));
}

function answerRealtime(exchange: Exchange): Answer {
  const { world, caller, nowMs } = exchange;
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  const interval = intervalIn(body, REALTIME_DAYS);
  if (isRefusal(interval)) return refuse(exchange, interval);
  // Tolerates one extra day, because the request takes time and clocks differ.
  if (interval.startMs < nowMs - (REALTIME_DAYS + 1) * DAY_MS) {
    return badRequest(exchange, `The interval begins more than ${REALTIME_DAYS} days ago`);
  }
  const service = asString(body["serviceName"]) ?? "";
  if (!world.settings.realtimeAuditServices.includes(service)) {
    return badRequest(exchange, `The service ${service} has no realtime audits`);
  }
  const pageSize = asNumber(body["pageSize"]) ?? USUAL_PAGE;
  const pageNumber = asNumber(body["pageNumber"]) ?? 1;
  if (pageSize < 1 || pageSize > LARGEST_PAGE || pageNumber < 1) {
    return badRequest(exchange, `pageSize must be between 1 and ${LARGEST_PAGE}`);
  }
  const found = findAudits(world, caller.organization, interval, body);
  const first = (pageNumber - 1) * pageSize;
  const places = Array.from(
    { length: Math.max(0, Math.min(pageSize, found.count - first)) },
    (_, place) => first + place,
  );
  const entities = places.map((place) => parseJson(withUser(exchange, found.textAt(place))));
  return ok({ pageSize, pageNumber, total: found.count, entities });
}

/** Adds the user's name for `expand=user`. */
function withUser({ request, caller }: Exchange, row: string): string {
  if (request.query.get("expand") !== "user") return row;
  const audit = asRecord(parseJson(row));
  const id = asString(asRecord(audit["user"])["id"]);
  const user = id === null ? undefined : caller.organization.users.get(id);
  return user === undefined ? row : JSON.stringify({ ...audit, user: { id: user.id, name: user.name } });
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
