import type { JsonRecord } from "../../core/json.ts";
import type { Read } from "../reading/reads.ts";

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
  mapping: reading("/api/v2/audits/query/servicemapping"),
  query: reading("/api/v2/audits/query"),
  state: reading("/api/v2/audits/query/{transactionId}"),
  results: reading("/api/v2/audits/query/{transactionId}/results"),
} as const;

/**
 * A type of audited entity. A read returns the audits of all actions, but uses only a query that supports at least the
 * actions listed here.
 */
export interface AuditKind {
  readonly service: string;
  readonly entityType: string;
  readonly actions: readonly string[];
}

/** A query for the audits of a period; the end is exclusive. */
export interface AuditQuestion {
  readonly fromMs: number;
  readonly toMs: number;
  readonly kinds: readonly AuditKind[];
}

/** Returns the request body for the audits of one kind. */
export function auditBody(
  { fromMs, toMs }: Pick<AuditQuestion, "fromMs" | "toMs">,
  { service, entityType }: AuditKind,
): JsonRecord {
  const instant = (epochMs: number) => new Date(epochMs).toISOString();
  return {
    interval: `${instant(fromMs)}/${instant(toMs)}`,
    serviceName: service,
    filters: [{ property: "EntityType", value: entityType }],
    sort: [{ name: "Timestamp", sortOrder: "descending" }],
  };
}
