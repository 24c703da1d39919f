import type { JsonRecord } from "../../core/json.ts";
import type { Read } from "../reading/reads.ts";

/** Service whose audits include roles, their members, and OAuth clients. */
export const SERVICE = "PeoplePermissions";

export const LARGEST_PAGE = 500;

const reading = (path: string): Read => ({
  path,
  permissions: ["audits:audit:view"],
  scopes: ["audits:readonly"],
});

/** The operations of audit queries. */
export const AUDIT_READS = {
  realtime: reading("/api/v2/audits/query/realtime"),
  realtimeMapping: reading("/api/v2/audits/query/realtime/servicemapping"),
  query: reading("/api/v2/audits/query"),
  state: reading("/api/v2/audits/query/{transactionId}"),
  results: reading("/api/v2/audits/query/{transactionId}/results"),
} as const;

/** A query for the audits of a period; the end is exclusive. */
export interface AuditQuestion {
  readonly fromMs: number;
  readonly toMs: number;
  /** Actions by entity type. Every action of these types is read; these must be covered. */
  readonly wanted: Readonly<Record<string, readonly string[]>>;
}

/** Returns the request body for the audits of one entity type. */
export function auditBody(
  { fromMs, toMs }: Pick<AuditQuestion, "fromMs" | "toMs">,
  entityType: string,
): JsonRecord {
  const instant = (epochMs: number) => new Date(epochMs).toISOString();
  return {
    interval: `${instant(fromMs)}/${instant(toMs)}`,
    serviceName: SERVICE,
    filters: [{ property: "EntityType", value: entityType }],
    sort: [{ name: "Timestamp", sortOrder: "descending" }],
  };
}
