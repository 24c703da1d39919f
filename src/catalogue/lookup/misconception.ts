import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";

/** A path that circulates in forum posts and generated code but that the platform never had. */
interface PathMisconception {
  /** Matches the path without `/api/v2`. */
  readonly pattern: RegExp;
  readonly correction: string;
  /** Operations to call instead, as `METHOD path`. */
  readonly instead: readonly string[];
}

const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
const AGGREGATE_QUERY = "POST /api/v2/analytics/conversations/aggregates/query";
const QUEUE_OBSERVATIONS = "POST /api/v2/analytics/queues/observations/query";
const CREATE_CHANNEL = "POST /api/v2/notifications/channels";
const DETAIL_JOBS = "POST /api/v2/analytics/conversations/details/jobs";

const MISCONCEPTIONS: readonly PathMisconception[] = [
  {
    pattern: /^\/analytics\/conversations\/(?:queries|query)$/,
    correction: "this path never existed: POST to `details/query` to query conversation details",
    instead: [DETAIL_QUERY, AGGREGATE_QUERY, DETAIL_JOBS],
  },
  {
    pattern: /^\/analytics\/queues\/(?:summary|summaries|statistics|stats|metrics)$/,
    correction: "this path never existed: query queues with observations (now) or aggregates (past)",
    instead: [QUEUE_OBSERVATIONS, AGGREGATE_QUERY],
  },
  {
    pattern: /^\/analytics\/reports?(?:\/.*)?$/,
    correction: "this path never existed: build reports from queries and jobs",
    instead: [DETAIL_QUERY, AGGREGATE_QUERY, DETAIL_JOBS],
  },
  {
    pattern:
      /^\/notifications?\/(?:events?|streams?|streaming|subscribe|subscriptions?|websockets?|ws|channels\/(?:events?|connect|stream|subscribe|websocket|ws))$/,
    correction:
      "this path never existed: create a channel, connect to the `connectUri` of the answer, then subscribe it to topics",
    instead: [CREATE_CHANNEL, "GET /api/v2/notifications/availabletopics"],
  },
  {
    pattern: /^\/oauth\/(?:tokeninfo|token_info|introspect|introspection)$/,
    correction: "this path never existed: a token reads about itself",
    instead: ["GET /api/v2/tokens/me", "HEAD /api/v2/tokens/me"],
  },
  {
    pattern: /^\/oauth\/revoke$/,
    correction: "this path never existed: to revoke a token, DELETE it with itself",
    instead: ["DELETE /api/v2/tokens/me"],
  },
  {
    pattern: /^\/oauth\/(?:guest\/)?token$/,
    correction:
      "tokens do not come from the API host: the token endpoint is `https://login.<domain>/oauth/token`, form-encoded, with HTTP Basic",
    instead: [],
  },
];

/**
 * Returns the correction of a path that circulates but never existed, with what to call instead; null for any
 * other.
 */
export function correctMisconception(
  catalogue: Catalogue,
  path: string,
): { readonly correction: string; readonly instead: readonly Operation[] } | null {
  const bare = path.replace(/^\/api\/v2(?=\/)/i, "").toLowerCase();
  const known = MISCONCEPTIONS.find(({ pattern }) => pattern.test(bare));
  if (known === undefined) return null;
  const instead = known.instead.flatMap((name) => {
    const [method = "", operationPath = ""] = name.split(" ");
    const operation = catalogue.find(method, operationPath);
    return operation === null ? [] : [operation];
  });
  return { correction: known.correction, instead };
}
