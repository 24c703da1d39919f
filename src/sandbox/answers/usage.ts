import { asNumber, type JsonRecord } from "../../core/json.ts";
import { type Answer, ok } from "../answer.ts";
import { badRequest, bodyOf, type Exchange, type Handler, refuse } from "../exchange.ts";
import { once } from "../once.ts";
import { isRefusal, MALFORMED_BODY, NOT_FOUND, refusal } from "../refusal.ts";
import { aggregateUsage } from "../usage/aggregate.ts";
import { readUsageQuestion, type UsageQuestion } from "../usage/question.ts";
import { jobRowOf, queryRowOf } from "../usage/rows.ts";

/** Maximum page size of the search and the jobs. The results of the other two queries have no pages. */
const LARGEST_PAGE = 1_000;
const MOST_RECORDS = 20_000;

const TOO_LARGE = refusal(
  400,
  "max.response.size.reached",
  "The result is too large. Ask for a shorter interval or fewer dimensions.",
);

const ORGANIZATION = "/api/v2/usage/query";
const CLIENT = "/api/v2/oauth/clients/{clientId}/usage/query";
const SEARCH = "/api/v2/usage/simplesearch";
const ORGANIZATION_JOB = "/api/v2/usage/aggregates/query/jobs";
const CLIENT_JOB = "/api/v2/usage/client/{clientId}/aggregates/query/jobs";

/** Operations that query API usage. One request starts a query, and its results can be read once it is complete. */
export const USAGE_ANSWERS: Readonly<Record<string, Handler>> = {
  [`POST ${ORGANIZATION}`]: (exchange) => start(exchange, ORGANIZATION),
  [`GET ${ORGANIZATION}/{executionId}/results`]: (exchange) => results(exchange, ORGANIZATION, "whole"),
  [`POST ${CLIENT}`]: (exchange) => start(exchange, CLIENT),
  [`GET ${CLIENT}/results/{executionId}`]: (exchange) => results(exchange, CLIENT, "whole"),
  [`POST ${SEARCH}`]: (exchange) => start(exchange, SEARCH),
  [`GET ${SEARCH}/{executionId}/results`]: (exchange) => results(exchange, SEARCH, "pages"),
  [`POST ${ORGANIZATION_JOB}`]: (exchange) => start(exchange, ORGANIZATION_JOB),
  [`GET ${ORGANIZATION_JOB}/{jobId}`]: (exchange) => results(exchange, ORGANIZATION_JOB, "pages"),
  [`POST ${CLIENT_JOB}`]: (exchange) => start(exchange, CLIENT_JOB),
  [`GET ${CLIENT_JOB}/{jobId}`]: (exchange) => results(exchange, CLIENT_JOB, "pages"),
  "GET /api/v2/oauth/clients/{clientId}/usage/summary": (exchange) => {
    const days = Number(exchange.request.query.get("days") ?? "7");
    if (!(days >= 1 && days <= 90)) return badRequest(exchange, "days must be between 1 and 90");
    const startMs = exchange.nowMs - days * 86_400_000;
    const interval = `${new Date(startMs).toISOString()}/${new Date(exchange.nowMs).toISOString()}`;
    return startWith(exchange, CLIENT, { interval, granularity: "Day" });
  },
};

const isJob = (path: string) => path.endsWith("/jobs");

function start(exchange: Exchange, path: string): Answer {
  const body = bodyOf(exchange);
  return body === null ? refuse(exchange, MALFORMED_BODY) : startWith(exchange, path, body);
}

function startWith(exchange: Exchange, path: string, body: JsonRecord): Answer {
  const { world, caller, match, nowMs } = exchange;
  const { organization } = caller;
  const asked = readUsageQuestion(body, nowMs, isJob(path));
  if (isRefusal(asked)) return refuse(exchange, asked);
  const [clientId] = path.includes("{clientId}") ? match.parameters : [];
  if (clientId !== undefined && !organization.clients.has(clientId)) return refuse(exchange, NOT_FOUND);
  const question: UsageQuestion = {
    ...asked,
    ...(clientId === undefined ? {} : { clientIds: [clientId] }),
    // The search does not combine the counts of several operations.
    ...(path === SEARCH ? { groupBy: null, granularity: "Day" as const } : {}),
  };
  const id = world.sequence.uuid();
  const rowOf = isJob(path) ? jobRowOf : queryRowOf;
  world.usageQueries.set(id, {
    id,
    startedBy: path,
    ownerId: caller.subjectId,
    polls: 0,
    rows: once(() =>
      aggregateUsage(world, organization.id, question, nowMs).map((group) =>
        rowOf(world, organization, group, question.metrics),
      ),
    ),
  });
  const resultsUri = `${exchange.request.path.replace(/\/usage\/summary$/, "/usage/query")}/${resultsOf(path, id)}`;
  return { status: 202, json: isJob(path) ? { id, resultsUri } : { executionId: id, resultsUri } };
}

function resultsOf(path: string, id: string): string {
  if (isJob(path)) return id;
  return path === CLIENT ? `results/${id}` : `${id}/results`;
}

/** Returns the state of a query, and its rows once it is complete. */
function results(exchange: Exchange, path: string, form: "whole" | "pages"): Answer {
  const { world, match, caller, request } = exchange;
  const query = world.usageQueries.get(match.parameters.at(-1) ?? "");
  if (query === undefined || query.startedBy !== path || query.ownerId !== caller.subjectId) {
    return refuse(exchange, NOT_FOUND);
  }
  query.polls += 1;
  if (query.polls <= world.settings.jobPolls) {
    return { status: 200, json: { queryStatus: "Running", [isJob(path) ? "entities" : "results"]: [] } };
  }
  const rows = query.rows();
  const queryStatus = isJob(path) ? "Succeeded" : "Complete";
  if (isJob(path) && rows.length > world.settings.usageMostJobRows) return refuse(exchange, TOO_LARGE);
  if (form === "whole") {
    // This operation accepts no cursor, so the client can never read the rest of a longer result.
    const { usageMostRows: most } = world.settings;
    const cursors = rows.length > most ? { cursors: { after: String(most) } } : {};
    return ok({ queryStatus, results: rows.slice(0, most), ...cursors });
  }
  const size = asNumber(Number(request.query.get("pageSize") ?? LARGEST_PAGE)) ?? LARGEST_PAGE;
  if (!(size >= 1 && size <= LARGEST_PAGE)) {
    return badRequest(exchange, `pageSize must be between 1 and ${LARGEST_PAGE}`);
  }
  const all = path === SEARCH ? rows.slice(0, MOST_RECORDS) : rows;
  const from = Number(request.query.get("after") ?? "0");
  const next = from + size < all.length ? String(from + size) : null;
  const page = all.slice(from, from + size);
  const nextUri = `${request.path}?pageSize=${size}&after=${next}`;
  if (path === SEARCH) {
    return ok({ queryStatus, results: page, ...(next === null ? {} : { cursors: { after: next } }) });
  }
  return ok({ queryStatus, entities: page, ...(next === null ? {} : { nextUri }) });
}
