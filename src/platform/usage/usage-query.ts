import { asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { Read } from "../reading/reads.ts";

/** One question for API usage. Both days are included, in UTC. */
export interface UsageQuestion {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly granularity: "Day" | "Month";
  readonly groupBy: readonly UsageDimension[];
  /** Id of the only client; null for all. */
  readonly clientId: string | null;
  /** The only HTTP methods; all of them when absent. Only jobs can be asked for some. */
  readonly methods?: readonly string[];
}

/** Every HTTP method that a job can be asked for. */
export const USAGE_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;

export type UsageDimension = "client" | "method" | "path";

/** One of the platform's ways to ask for usage: started by POST, then read by GET until it is complete. */
export interface UsageQueryKind {
  readonly start: Read;
  readonly result: Read;
  /** Field of the answer to the start with the id of the query. */
  readonly idField: string;
  /** Parameter of the result's path that the id replaces. */
  readonly idParameter: string;
  readonly rowsField: string;
  /** Spelling of the dimensions. */
  readonly dimensions: Readonly<Record<UsageDimension, string>>;
  /** Whether results have pages. The others are cut without a way to read on. */
  readonly hasPages: boolean;
  /** Whether the path contains the client, so that the kind serves only questions for one. */
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
  dimensions: { client: "OauthClientId", method: "HttpMethod", path: "TemplateUri" },
  hasPages: true,
  isOfClient: false,
};

const ORGANIZATION: UsageQueryKind = {
  start: organizationRead("/api/v2/usage/query"),
  result: organizationRead("/api/v2/usage/query/{executionId}/results"),
  idField: "executionId",
  idParameter: "executionId",
  rowsField: "results",
  dimensions: { client: "OAuthClientId", method: "HttpMethod", path: "TemplateUri" },
  hasPages: false,
  isOfClient: false,
};

const CLIENT: UsageQueryKind = {
  ...ORGANIZATION,
  start: clientRead("/api/v2/oauth/clients/{clientId}/usage/query"),
  result: clientRead("/api/v2/oauth/clients/{clientId}/usage/query/results/{executionId}"),
  isOfClient: true,
};

/** The kinds of queries, best first. A later one serves a token that the earlier ones refuse. */
export const USAGE_QUERIES: readonly UsageQueryKind[] = [JOB, ORGANIZATION, CLIENT];

/** Returns the body that asks a question in the words of one kind. */
export function usageBody(question: UsageQuestion, { dimensions, hasPages }: UsageQueryKind): JsonRecord {
  const { firstDay, lastDay, granularity, groupBy, clientId, methods } = question;
  return {
    interval: `${firstDay}T00:00:00.000Z/${lastDay}T23:59:59.999Z`,
    granularity,
    groupBy: groupBy.map((name) => dimensions[name]),
    // Only the jobs filter.
    ...(hasPages && clientId !== null ? { oauthClientIds: [clientId] } : {}),
    ...(hasPages && methods !== undefined ? { httpMethods: methods } : {}),
  };
}

export type UsageState = "running" | "complete" | "failed";

/** Reads the state of a query in the words of any kind; a state that is not known counts as running. */
export function usageStateOf(body: unknown): UsageState {
  const word = asString(asRecord(body)["queryStatus"])?.toLowerCase() ?? "";
  if (word === "complete" || word === "succeeded") return "complete";
  return word === "failed" || word === "cancelled" ? "failed" : "running";
}
