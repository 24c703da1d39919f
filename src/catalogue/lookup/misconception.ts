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
const USER_AGGREGATES = "POST /api/v2/analytics/users/aggregates/query";
const USER_OBSERVATIONS = "POST /api/v2/analytics/users/observations/query";
const GUEST_PROTOCOL =
  "no published definition lists this path: guests of web messaging use the WebSocket `wss://webmessaging.<domain>/v1?deploymentId=ID`, and a channel of one's own uses open messaging";
const GUESTS_INSTEAD = [
  "GET /api/v2/webmessaging/messages",
  "POST /api/v2/conversations/messages/{integrationId}/inbound/open/message",
];

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
    pattern: /^\/analytics\/(?:users|agents)\/(?:summary|summaries|statistics|stats|metrics)(?:\/.*)?$/,
    correction:
      "no published definition lists this path: query users with aggregates (past) or observations (now), for many users in one request",
    instead: [USER_AGGREGATES, USER_OBSERVATIONS],
  },
  {
    pattern: /^\/analytics\/events?(?:\/.*)?$/,
    correction:
      "no published definition lists this path: query audits for who did what, and conversation details for what happened to a conversation",
    instead: ["POST /api/v2/audits/query", DETAIL_QUERY],
  },
  {
    pattern: /^\/analytics\/interactions?(?:\/.*)?$/,
    correction: "no published definition lists this path: the platform calls interactions conversations",
    instead: [DETAIL_QUERY, AGGREGATE_QUERY],
  },
  {
    pattern: /^\/(?:analytics\/|reporting\/)?reports?(?:\/.*)?$|^\/reporting(?:\/.*)?$/,
    correction: "no published definition lists this path: build reports from queries and jobs",
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
    pattern: /^\/conversations\/(?:guests?|messaging\/external)(?:\/.*)?$/,
    correction: GUEST_PROTOCOL,
    instead: GUESTS_INSTEAD,
  },
  {
    pattern: /^\/(?:webmessaging|webmessenger)\/(?:conversations?|guests?|sessions?)(?:\/.*)?$/,
    correction: GUEST_PROTOCOL,
    instead: GUESTS_INSTEAD,
  },
  {
    pattern: /^\/routing\/(?:users|agents)\/[^/]+$/,
    correction:
      "no published definition lists this path: status, skills, languages and queues of a user have one path each, below `users/{userId}`",
    instead: [
      "PUT /api/v2/users/{userId}/routingstatus",
      "PATCH /api/v2/users/{userId}/routingskills/bulk",
      "GET /api/v2/users/{userId}/queues",
    ],
  },
  {
    pattern: /^\/auth\/divisions$/,
    correction: "no published definition lists this path: divisions belong to `authorization`",
    instead: ["GET /api/v2/authorization/divisions"],
  },
  {
    pattern: /^\/me$/,
    correction: "no published definition lists this path: `me` stands below the thing that it means",
    instead: ["GET /api/v2/users/me", "GET /api/v2/tokens/me"],
  },
  {
    pattern: /^(?:\/auth)?\/oauth\/(?:guest\/)?token$|^\/(?:auth|oauth2)\/token$/,
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
