import { asNumber, asRecord, asString, type JsonRecord } from "../../core/json.ts";

/** The requests in one group of a usage query's result. A dimension that the query does not group by is null. */
export interface UsageRow {
  /** First day of the period (a day, week or month), such as `2026-10-01`. */
  readonly day: string;
  readonly clientId: string | null;
  readonly clientName: string | null;
  /** The user for whom the client called; null for a client's own token. */
  readonly userId: string | null;
  /** Null when this kind of query returns no user names. */
  readonly userName: string | null;
  readonly method: string | null;
  /** Path of the operation with parameter names, as the service writes them. */
  readonly path: string | null;
  readonly requests: number;
  readonly succeeded: number;
  readonly redirected: number;
  /** Requests answered with 4xx, including throttled ones. */
  readonly refused: number;
  /** Requests answered with 429. */
  readonly throttled: number;
  /** Requests answered with 5xx. */
  readonly failed: number;
}

/**
 * Parses a row of the older queries (`ApiUsageRow`) or of the jobs (`OrganizationPublicApiUsage`). Null
 * without a day.
 */
export function parseUsageRow(value: unknown): UsageRow | null {
  const row = asRecord(value);
  const [day] = /^\d{4}-\d\d-\d\d/.exec(asString(row["date"]) ?? "") ?? [];
  if (day === undefined) return null;
  const [client, user] = [asRecord(row["oauthClient"]), asRecord(row["user"])];
  const counts = {
    succeeded: countIn(row, "status200"),
    redirected: countIn(row, "status300"),
    refused: countIn(row, "status400"),
    throttled: countIn(row, "status429"),
    failed: countIn(row, "status500"),
  };
  const listed = asNumber(row["requests"]) ?? asNumber(row["requestCount"]);
  return {
    day,
    clientId: asString(row["clientId"]) ?? asString(client["id"]),
    clientName: asString(row["clientName"]) ?? asString(client["name"]),
    userId: asString(row["userId"]) ?? asString(user["id"]),
    userName: asString(user["name"]),
    method: asString(row["httpMethod"])?.toUpperCase() ?? null,
    path: asString(row["templateUri"]),
    requests: listed ?? counts.succeeded + counts.redirected + counts.refused + counts.failed,
    ...counts,
  };
}

function countIn(row: JsonRecord, field: string): number {
  return Math.max(0, asNumber(row[field]) ?? 0);
}
