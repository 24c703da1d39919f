import { NetworkError, UnavailableError } from "../../core/errors.ts";
import { ownValue } from "../../core/own-value.ts";
import { withoutTrailingSlashes } from "../../core/text.ts";
import type { Api, ApiAnswer, ApiRequest } from "../api/api.ts";
import { describeForeignAnswer } from "../api/foreign-answer.ts";
import { readRefusal } from "../api/refusal.ts";
import type { Call } from "./principal.ts";

const HOUR_MS = 3_600_000;

/** Bodies of read-only POST queries, as small as the platform accepts. */
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
 * Returns a request that tests whether an operation is allowed and changes nothing: a GET or HEAD with a
 * complete path, or one of a few read-only POST queries. Null when no such read exists; a write is never
 * tried.
 * @param name the operation as the user typed it; a path with real ids can be called
 */
export function harmlessCall(
  operation: { readonly method: string; readonly path: string },
  name: string,
  nowMs: number,
): ApiRequest | null {
  const { method } = operation;
  const given = operation.path.includes("{") ? pathIn(name) : operation.path;
  const path = given === null || given.includes("{") ? null : given;
  if (path === null) return null;
  if (method === "GET" || method === "HEAD") return { method, path };
  const body = method === "POST" ? ownValue(QUERY_BODIES, path) : undefined;
  if (body === undefined) return null;
  const end = new Date(Math.floor(nowMs / HOUR_MS) * HOUR_MS);
  const interval = `${new Date(end.getTime() - HOUR_MS).toISOString()}/${end.toISOString()}`;
  return { method, path, body: body(interval), repeatable: true };
}

/**
 * Makes the call and returns the facts that a verdict can use. The status is null when there is no response, or when a
 * proxy responded (a page, a redirect, an empty body), because that proves nothing about access.
 * @throws AuthError, InterruptedError
 */
export async function callHarmlessly(api: Api, request: ApiRequest): Promise<Call> {
  const { method, path } = request;
  try {
    const answer = await api.send(request);
    const { status, correlationId } = answer;
    const refusal = readRefusal(answer.body);
    const isOfPlatform = status >= 200 && status < 300 ? isData(method, answer) : refusal !== null;
    return isOfPlatform
      ? { method, path, status, code: status >= 400 ? (refusal?.code ?? null) : null, correlationId }
      : {
          method,
          path,
          status: null,
          code: describeForeignAnswer(answer, api.region.apiUrl).code,
          correlationId,
        };
  } catch (error) {
    if (!(error instanceof NetworkError || error instanceof UnavailableError)) throw error;
    return { method, path, status: null, code: error.code, correlationId: error.correlationId };
  }
}

function isData(method: string, { status, text, body }: ApiAnswer): boolean {
  if (method === "HEAD" || status === 204) return text === "";
  return typeof body === "object" && body !== null;
}

function pathIn(name: string): string | null {
  const [path = null] = /\/api\/v2\/[^\s?#]*/.exec(name) ?? [];
  return path === null ? null : withoutTrailingSlashes(path);
}
