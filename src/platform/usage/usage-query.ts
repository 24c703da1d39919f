import { asRecord, type JsonRecord } from "../../core/json.ts";
import type { Read } from "../reading/reads.ts";
import { asStateWord } from "../reading/state-word.ts";

/** One query for API usage. Both days are included, in UTC. */
export interface UsageQuestion {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly granularity: "Day" | "Month";
  readonly groupBy: readonly UsageDimension[];
  /** Id of a single client; null for all. */
  readonly clientId: string | null;
  /** HTTP methods to include; all of them when absent. Only jobs can filter by method. */
  readonly methods?: readonly string[];
}

/** Every HTTP method that a job can filter by. */
export const USAGE_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;

export type UsageDimension = "client" | "user" | "method" | "path";

/** One of the platform's ways to query usage: started by POST, then polled by GET until it is complete. */
export interface UsageQueryKind {
  readonly start: Read;
  readonly result: Read;
  /** Field of the start response that contains the id of the query. */
  readonly idField: string;
  /** Parameter in the result's path that is replaced by the id. */
  readonly idParameter: string;
  readonly rowsField: string;
  /** Names of the dimensions. */
  readonly dimensions: Readonly<Record<UsageDimension, string>>;
  /** Whether results have pages. Other kinds truncate the result and offer no way to read the rest. */
  readonly hasPages: boolean;
  /** Whether the path contains the client id. Such a query covers a single client and cannot be grouped by user. */
  readonly isOfClient: boolean;
}

const readWith =
  (...permissions: readonly string[]) =>
  (path: string): Read => ({ path, permissions, scopes: ["oauth", "oauth:readonly"] });

const jobRead = readWith("usage:organization:view");
const organizationRead = readWith("oauth:client:view", "usage:organization:view");
const clientRead = readWith("oauth:client:view", "usage:client:view");

const JOB: UsageQueryKind = {
  start: jobRead("/api/v2/usage/aggregates/query/jobs"),
  result: jobRead("/api/v2/usage/aggregates/query/jobs/{jobId}"),
  idField: "id",
  idParameter: "jobId",
  rowsField: "entities",
  dimensions: { client: "OauthClientId", user: "UserId", method: "HttpMethod", path: "TemplateUri" },
  hasPages: true,
  isOfClient: false,
};

const ORGANIZATION: UsageQueryKind = {
  start: organizationRead("/api/v2/usage/query"),
  result: organizationRead("/api/v2/usage/query/{executionId}/results"),
  idField: "executionId",
  idParameter: "executionId",
  rowsField: "results",
  dimensions: { client: "OAuthClientId", user: "UserId", method: "HttpMethod", path: "TemplateUri" },
  hasPages: false,
  isOfClient: false,
};

const CLIENT: UsageQueryKind = {
  ...ORGANIZATION,
  start: clientRead("/api/v2/oauth/clients/{clientId}/usage/query"),
  result: clientRead("/api/v2/oauth/clients/{clientId}/usage/query/results/{executionId}"),
  isOfClient: true,
};

/** The kinds of queries, best first. A token that may not use the first kinds may be allowed to use a later one. */
export const USAGE_QUERIES: readonly UsageQueryKind[] = [JOB, ORGANIZATION, CLIENT];

/** Returns the request body in the form of one kind of query. */
export function usageBody(question: UsageQuestion, { dimensions, hasPages }: UsageQueryKind): JsonRecord {
  const { firstDay, lastDay, granularity, groupBy, clientId, methods } = question;
  return {
    interval: `${firstDay}T00:00:00.000Z/${lastDay}T23:59:59.999Z`,
    granularity,
    groupBy: groupBy.map((name) => dimensions[name]),
    // Only jobs support filters.
    ...(hasPages && clientId !== null ? { oauthClientIds: [clientId] } : {}),
    ...(hasPages && methods !== undefined ? { httpMethods: methods } : {}),
  };
}

export type UsageState = "running" | "complete" | "failed";

/** Parses the state of any kind of query. An unknown state counts as running. Null unless the state is a string. */
export function usageStateOf(body: unknown): UsageState | null {
  const word = asStateWord(asRecord(body)["queryStatus"])?.toLowerCase();
  if (word === undefined) return null;
  if (word === "complete" || word === "succeeded") return "complete";
  return word === "failed" || word === "cancelled" ? "failed" : "running";
}
