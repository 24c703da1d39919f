import { asRecord, asString } from "../core/json.ts";
import type { Api, ApiRequest } from "./api.ts";
import type { Call } from "./principal.ts";

const HOUR_MS = 3_600_000;

/** Bodies of queries by POST that only read, as small as the platform takes them. */
const QUERY_BODIES: Readonly<Record<string, (interval: string) => unknown>> = {
  "/api/v2/analytics/conversations/details/query": (interval) => ({
    interval,
    paging: { pageSize: 1, pageNumber: 1 },
  }),
  "/api/v2/analytics/users/details/query": (interval) => ({
    interval,
    paging: { pageSize: 1, pageNumber: 1 },
  }),
  "/api/v2/analytics/conversations/aggregates/query": (interval) => ({ interval, metrics: ["nConnected"] }),
  "/api/v2/analytics/queues/observations/query": () => ({
    filter: {
      type: "and",
      predicates: [{ dimension: "queueId", value: "00000000-0000-0000-0000-000000000000" }],
    },
    metrics: ["oInteracting"],
  }),
};

/**
 * A request that shows whether an operation is allowed and changes nothing: a GET or HEAD whose path is
 * complete, or one of a few queries by POST. Null when there is none; a write is never tried.
 * @param name the operation as the person named it: a path with real ids in it can be called
 */
export function harmlessCall(
  operation: { readonly method: string; readonly path: string },
  name: string,
  nowMs: number,
): ApiRequest | null {
  const { method } = operation;
  const path =
    [operation.path, pathIn(name)].find((candidate) => candidate !== null && !candidate.includes("{")) ??
    null;
  if (path === null) return null;
  if (method === "GET" || method === "HEAD") return { method, path };
  const body = method === "POST" ? QUERY_BODIES[path] : undefined;
  if (body === undefined) return null;
  const end = new Date(Math.floor(nowMs / HOUR_MS) * HOUR_MS);
  const interval = `${new Date(end.getTime() - HOUR_MS).toISOString()}/${end.toISOString()}`;
  return { method, path, body: body(interval), repeatable: true };
}

/** Makes the call and keeps what a verdict can rest on; no answer at all is an outcome too. */
export async function callHarmlessly(api: Api, request: ApiRequest): Promise<Call> {
  const { method, path } = request;
  const { status, body, correlationId } = await api.send(request);
  const code = status >= 400 ? asString(asRecord(body)["code"]) : null;
  return { method, path, status, code, correlationId };
}

function pathIn(name: string): string | null {
  const [path = null] = /\/api\/v2\/[^\s?#]*/.exec(name) ?? [];
  return path === null ? null : path.replace(/\/+$/, "");
}
