import type { VerdictSince } from "../../../../access/history/verdict-since.ts";
import type { VerdictName } from "../../../../access/verdict/verdict.ts";
import type { AuditActor } from "../../../../platform/audits/audit.ts";

/** The audited changes that concern a principal, and how long each verdict has been the same. */
export interface CheckHistory {
  /** Beginning and end of the period, RFC 3339 UTC. */
  readonly from: string;
  readonly to: string;
  /** The query that found the audits; null when they could not be read. */
  readonly source: "realtime" | "query" | null;
  /** Changes, newest first. */
  readonly changes: readonly HistoryChange[];
  /** One verdict per result, in the same order; empty when the audits could not be read. */
  readonly verdicts: readonly HistoryVerdict[];
  /** Changes that the history leaves out, because they are not audited or could not be read. */
  readonly notCovered: readonly {
    readonly what: string;
    readonly reason: string;
    readonly permissions: readonly string[];
    readonly scopes: readonly string[];
  }[];
  /** Why the audits could not be read, and the access that would help; null when they were read. */
  readonly unreadable: {
    readonly reason: string;
    readonly permissions: readonly string[];
    readonly scopes: readonly string[];
  } | null;
}

/** One audited change. */
export interface HistoryChange {
  readonly id: string | null;
  /** Time of the change, RFC 3339 UTC. */
  readonly at: string;
  readonly by: AuditActor;
  readonly entityType: string;
  readonly action: string;
  readonly entity: { readonly id: string | null; readonly name: string | null };
  /** Whether the audit states what exactly changed. */
  readonly isStated: boolean;
  readonly summary: string;
}

/** How long a verdict has been the same. */
export interface HistoryVerdict {
  readonly name: string;
  readonly verdict: VerdictName;
  readonly state: VerdictSince["state"];
  /** Time of the change, RFC 3339 UTC; null unless the state is `known` or `at-latest`. */
  readonly since: string | null;
  /** Previous verdict; null when it is uncertain. */
  readonly before: VerdictName | null;
  /** Id of the audit that recorded the change. */
  readonly changeId: string | null;
  readonly summary: string;
}
