import type { Announcement } from "../../catalogue/changes/announcement.ts";
import type { OAuthClient, Principal } from "../../platform/reading/principal.ts";
import { type ClientBreak, findBreaks } from "./client-break.ts";
import type { ClientFinding } from "./client-finding.ts";
import { type ComingChange, comingChanges, isEndingGrant } from "./coming-change.ts";
import { findClientFindings } from "./find-client-findings.ts";
import { type KeptPermission, keptPermissions } from "./kept-permissions.ts";
import { type Opening, openingsOf, type UsageWindow } from "./openings.ts";
import type { OperationUse } from "./operation-use.ts";
import { type ScopeUse, scopeUseOf } from "./scope-use.ts";
import { type PermissionUse, permissionUseOf } from "./surplus.ts";

/** The facts that the assessment of one OAuth client is based on. */
export interface ClientQuestion {
  readonly client: OAuthClient & { readonly dateModified: string | null };
  readonly principal: Principal;
  /** Calls by operation; null when API usage could not be read. */
  readonly uses: readonly OperationUse[] | null;
  readonly window: UsageWindow;
  readonly announcements: readonly Announcement[];
  /** Today in UTC, `2026-11-29`. */
  readonly today: string;
  /** Last day to search for breaking changes; null for no limit. */
  readonly asOf: string | null;
}

/** Request counts of a client in the usage window. */
export interface UseTotals {
  readonly requests: number;
  readonly passed: number;
  readonly refused: number;
  readonly throttled: number;
  readonly failed: number;
  /** Share of requests that were refused, throttled or failed, from 0 to 1; null when there were no requests. */
  readonly failingShare: number | null;
}

/** The assessment of one OAuth client, based on what it holds and what it uses. */
export interface ClientAssessment extends Pick<ClientQuestion, "client" | "principal" | "uses" | "window"> {
  readonly totals: UseTotals | null;
  readonly openings: readonly Opening[];
  /** The permissions that the client's calls may depend on; null when its grants or calls are unknown. */
  readonly kept: readonly KeptPermission[] | null;
  readonly permissions: PermissionUse | null;
  readonly scopes: ScopeUse | null;
  readonly changes: readonly ComingChange[];
  readonly isGrantEnding: boolean;
  /** When the client, or some of its calls, may stop working; soonest first. */
  readonly breaks: readonly ClientBreak[];
  readonly findings: readonly ClientFinding[];
}

/**
 * Assesses one client. As long as its calls are not fully known, a permission without calls is reported as *not
 * seen*, not as unused.
 */
export function assessClient(question: ClientQuestion): ClientAssessment {
  const { client, principal, uses, window, announcements, today } = question;
  const isKnown = uses !== null && principal.grants !== null;
  const kept = isKnown ? keptPermissions(principal, uses) : null;
  const operations = (uses ?? []).flatMap(({ operation }) => operation ?? []);
  const facts = {
    client,
    principal,
    uses,
    window,
    totals: uses === null ? null : totalsOf(uses),
    openings: openingsOf(client, uses, window, principal.kind),
    kept,
    permissions: kept === null ? null : permissionUseOf(principal, kept),
    scopes: uses === null ? null : scopeUseOf(client, uses),
    changes: comingChanges(announcements, { operations, grantType: client.grantType, today }),
    isGrantEnding: isEndingGrant(announcements, client.grantType),
    breaks: findBreaks(question),
  };
  return { ...facts, findings: findClientFindings(facts) };
}

/** Adds up the requests of all operations. */
export function totalsOf(uses: readonly OperationUse[]): UseTotals {
  const sum = (count: (use: OperationUse) => number) => uses.reduce((total, use) => total + count(use), 0);
  const requests = sum((use) => use.requests);
  const [passed, refused, throttled, failed] = [
    sum((use) => use.passed),
    sum((use) => use.refused),
    sum((use) => use.throttled),
    sum((use) => use.failed),
  ];
  return {
    requests,
    passed,
    refused,
    throttled,
    failed,
    failingShare: requests === 0 ? null : (refused + throttled + failed) / requests,
  };
}
