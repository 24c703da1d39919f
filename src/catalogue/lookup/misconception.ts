import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";
import { API_ROOT } from "../facts/operation-line.ts";

/** A path that circulates in forum posts and generated code but that no definition of the platform has had. */
interface PathMisconception {
  /** Matches the path without `/api/v2`. */
  readonly pattern: RegExp;
  /** Follows the statement that the path does not exist. */
  readonly correction: string;
  /** Operations to call instead, as `METHOD path` without `/api/v2/`. */
  readonly instead: readonly string[];
}

const DETAIL_QUERY = "POST analytics/conversations/details/query";
const AGGREGATE_QUERY = "POST analytics/conversations/aggregates/query";
const DETAIL_JOBS = "POST analytics/conversations/details/jobs";

const NOW_OR_PAST = "query observations (now) or aggregates (past)";

const MISCONCEPTIONS: readonly PathMisconception[] = [
  {
    pattern: /^\/analytics\/conversations\/(?:queries|query)$/,
    correction: "POST to `details/query` to query conversation details",
    instead: [DETAIL_QUERY, AGGREGATE_QUERY, DETAIL_JOBS],
  },
  {
    pattern: /^\/analytics\/queues\/(?:summary|summaries|statistics|stats|metrics)$/,
    correction: NOW_OR_PAST,
    instead: ["POST analytics/queues/observations/query", AGGREGATE_QUERY],
  },
  {
    pattern: /^\/analytics\/(?:users|agents)\/(?:summary|summaries|statistics|stats|metrics)(?:\/|$)/,
    correction: NOW_OR_PAST,
    instead: ["POST analytics/users/aggregates/query", "POST analytics/users/observations/query"],
  },
  {
    pattern: /^\/analytics\/events?(?:\/|$)/,
    correction: "query audits or conversation details",
    instead: ["POST audits/query", DETAIL_QUERY],
  },
  {
    pattern: /^\/analytics\/interactions?(?:\/|$)/,
    correction: "the platform calls interactions conversations",
    instead: [DETAIL_QUERY, AGGREGATE_QUERY],
  },
  {
    pattern: /^\/(?:analytics\/)?report(?:s?|ing\/(?:summary|reports?))(?:\/|$)|^\/reporting(?:\/|$)/,
    correction: "build reports from queries and jobs",
    instead: [DETAIL_QUERY, AGGREGATE_QUERY, DETAIL_JOBS],
  },
  {
    pattern:
      /^\/notifications?\/(?:events?|streams?|streaming|subscribe|subscriptions?|websockets?|ws|channels\/(?:events?|connect|stream|subscribe|websocket|ws))$/,
    correction: "create a channel, connect to its `connectUri`, then subscribe it to topics",
    instead: ["POST notifications/channels", "GET notifications/availabletopics"],
  },
  {
    pattern: /^\/oauth\/(?:tokeninfo|token_info|introspect|introspection)$/,
    correction: "a token reads about itself",
    instead: ["GET tokens/me", "HEAD tokens/me"],
  },
  {
    pattern: /^\/oauth\/revoke$/,
    correction: "to revoke a token, DELETE it with itself",
    instead: ["DELETE tokens/me"],
  },
  {
    pattern:
      /^\/conversations\/(?:guests?|messaging\/external)(?:\/|$)|^\/webmessaging\/(?:conversations?|guests?|sessions?)(?:\/|$)/,
    correction: "guests use `wss://webmessaging.<domain>/v1?deploymentId=ID`, other channels open messaging",
    instead: [
      "GET webmessaging/messages",
      "POST conversations/messages/{integrationId}/inbound/open/message",
    ],
  },
  {
    pattern: /^\/routing\/(?:users|agents)\/[^/]+$/,
    correction: "use the paths below `users/{userId}`",
    instead: ["PUT users/{userId}/routingstatus", "GET users/{userId}/queues"],
  },
  {
    pattern: /^(?:\/auth)?\/oauth\/(?:guest\/)?token$/,
    correction: "tokens come from `https://login.<domain>/oauth/token`, form-encoded, with HTTP Basic",
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
    const [method = "", rest = ""] = name.split(" ");
    const operation = catalogue.find(method, `${API_ROOT}${rest}`);
    return operation === null ? [] : [operation];
  });
  return { correction: `no published definition has this path: ${known.correction}`, instead };
}
