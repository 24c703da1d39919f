import type { Comparison } from "../../../access/compare/comparison.ts";
import type { Excess } from "../../../access/least/excess.ts";
import type { SharedRemedy } from "../../../access/remedy/group-remedies.ts";
import type { Evidence, Layer, MissingAccess, Remedy, VerdictName } from "../../../access/verdict/verdict.ts";
import { originOf } from "../../../access/verdict/wording.ts";
import type { PermissionMode } from "../../../catalogue/facts/operation.ts";
import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import type { ScanFinding } from "../../../catalogue/scan/judge/finding.ts";
import type { Named, OAuthClient, Principal } from "../../../platform/reading/principal.ts";
import { describeFinding, type ScannedFinding } from "./finding.ts";
import type { CheckHistory } from "./history/result.ts";
import type { Callers, ListedOperations } from "./survey/result.ts";

/** The JSON contract of `check-scopes`. */
export interface CheckScopesResult {
  readonly schema: "genscope/check-scopes/v1";
  /** The principal that was checked; null with `--offline`. */
  readonly principal: CheckedPrincipal | null;
  readonly summary: Readonly<Record<VerdictName, number>>;
  readonly results: readonly CheckedItem[];
  /** Changes that help several checks, smallest first; empty for a single check and with `--offline`. */
  readonly sharedRemedies: readonly SharedRemedy[];
  /** Places in the source code that call the platform or are wrong about it, with `--scan`; otherwise null. */
  readonly findings: readonly ScannedFinding[] | null;
  /** The permissions of the token that the checks do not need, with `--max`; otherwise null. */
  readonly excess: Excess | null;
  /** The comparison with the other profile, with `--diff`; otherwise null. */
  readonly comparison: Comparison | null;
  /** The least privilege as a file, with `--emit`; otherwise null. */
  readonly emitted: Emitted | null;
  /** The message for the administrator; null without `--request`, and when there is nothing to request. */
  readonly request: AdminMessage | null;
  /** The audited changes that concern the token, with `--history`; otherwise null. */
  readonly history: CheckHistory | null;
  /** Who may call an operation, with `--who`; otherwise null. */
  readonly who: Callers | null;
  /** The operations that may be called, with `--list`; otherwise null. */
  readonly list: ListedOperations | null;
}

/** The least privilege as a file, with one string per line, because `present` puts every string on a single line. */
export interface Emitted {
  readonly kind: EmitKind;
  readonly lines: readonly string[];
  /** Calls that were omitted, open questions and manual steps, as sentences. */
  readonly notes: readonly string[];
}

/** The message that requests the smallest change: plain text line by line, and Markdown for a ticket. */
export interface AdminMessage {
  readonly subject: string;
  readonly lines: readonly string[];
  readonly markdown: string;
}

/**
 * Kinds of `--emit`: a role in the form of the API, the same for Terraform, or the scopes of the OAuth
 * client.
 */
export type EmitKind = "role" | "terraform" | "scopes";

export interface CheckedPrincipal {
  readonly kind: Principal["kind"];
  /** One-line description for a person. */
  readonly description: string;
  /** Whether `--client` or `--user` names the principal, so that it was checked without a token of its own. */
  readonly isJudgedWithoutToken: boolean;
  readonly client: Pick<OAuthClient, "id" | "name" | "grantType" | "state"> | null;
  readonly user: Principal["user"];
  readonly organization: Named | null;
  readonly homeOrganization: Named | null;
  readonly region: string;
  readonly scopes: readonly string[] | null;
  readonly scopesBind: Principal["scopesBind"];
}

/** One checked item and its verdict. */
export interface CheckedItem {
  readonly operation: { readonly method: string; readonly path: string; readonly operationId: string } | null;
  readonly permission: string | null;
  /** The verdict; null with `--offline`, which checks nothing. */
  readonly verdict: VerdictName | null;
  readonly layer: Layer | null;
  readonly requirement: {
    readonly permissionMode: PermissionMode;
    readonly permissions: readonly string[];
    readonly scopes: readonly string[] | null;
    readonly source: string;
    readonly date: string | null;
  };
  readonly missing: MissingAccess;
  readonly evidence: readonly Evidence[];
  readonly remedies: readonly Remedy[];
  readonly location: { readonly file: string; readonly line: number } | null;
  /** The service in the policy that needs the item. */
  readonly service: string | null;
  readonly live: { readonly status: number | null; readonly code: string | null } | null;
}

/** Returns the name of an item in the terms of the catalog. */
export function nameOfItem({ operation, permission }: Pick<CheckedItem, "operation" | "permission">): string {
  return operation === null ? (permission ?? "") : nameOf(operation);
}

/** Returns the source and the date of an item's requirement; null for a bare permission, which has none. */
export function originOfItem({ requirement: { source, date } }: CheckedItem): string | null {
  return date === null ? null : originOf({ source, date });
}

/** Returns a document with these items. Fields that only some flags fill are empty. */
export function documentOf(
  principal: CheckScopesResult["principal"],
  results: readonly CheckedItem[],
  findings: readonly ScanFinding[] | null,
): CheckScopesResult {
  const count = (verdict: VerdictName) => results.filter((item) => item.verdict === verdict).length;
  return {
    schema: "genscope/check-scopes/v1",
    principal,
    summary: {
      allowed: count("allowed"),
      denied: count("denied"),
      conditional: count("conditional"),
      unknown: count("unknown"),
    },
    results,
    sharedRemedies: [],
    findings: findings?.map(describeFinding) ?? null,
    excess: null,
    comparison: null,
    emitted: null,
    request: null,
    history: null,
    who: null,
    list: null,
  };
}
