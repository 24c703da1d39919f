import type { Comparison } from "../../../access/compare/comparison.ts";
import type { Excess } from "../../../access/least/excess.ts";
import type { Evidence, Layer, MissingAccess, Remedy, VerdictName } from "../../../access/verdict/verdict.ts";
import { describeSubject } from "../../../access/verdict/wording.ts";
import type { PermissionMode } from "../../../catalogue/facts/operation.ts";
import type { ScanFinding } from "../../../catalogue/scan/judge/finding.ts";
import type { Named, OAuthClient, Principal } from "../../../platform/principal.ts";
import { describeFinding, type ScannedFinding } from "./finding.ts";

/** The JSON contract of `check-scopes`. */
export interface CheckScopesResult {
  readonly schema: "genscope/check-scopes/v1";
  /** Null with `--offline`. */
  readonly principal: CheckedPrincipal | null;
  readonly summary: Readonly<Record<VerdictName, number>>;
  readonly results: readonly CheckedItem[];
  /** With `--scan`: every place of the source code that needs the platform, or is mistaken about it; else null. */
  readonly findings: readonly ScannedFinding[] | null;
  /** With `--max`: what the token holds beyond what is checked; else null. */
  readonly excess: Excess | null;
  /** With `--diff`: the other profile beside this one; else null. */
  readonly comparison: Comparison | null;
  /** With `--emit`: the least privilege, written out; else null. */
  readonly emitted: Emitted | null;
  /** With `--request`: the message for the administrator; null also when there is nothing to ask for. */
  readonly request: AdminMessage | null;
}

/** The least privilege as a file; line by line, because a line feed inside a string is never shown to a person. */
export interface Emitted {
  readonly kind: EmitKind;
  readonly lines: readonly string[];
}

/** The message that asks for the smallest change: plain text line by line, and Markdown for a ticket. */
export interface AdminMessage {
  readonly subject: string;
  readonly lines: readonly string[];
  readonly markdown: string;
}

/** What `--emit` can write: a role as the API takes it, the same for Terraform, or the scopes of the OAuth client. */
export type EmitKind = "role" | "terraform" | "scopes";

/** Who was checked. */
export interface CheckedPrincipal {
  readonly kind: Principal["kind"];
  /** One line for a person. */
  readonly description: string;
  readonly client: Pick<OAuthClient, "id" | "name" | "grantType" | "state"> | null;
  readonly user: Principal["user"];
  readonly organization: Named | null;
  readonly homeOrganization: Named | null;
  readonly region: string;
  readonly scopes: readonly string[] | null;
  readonly scopesBind: Principal["scopesBind"];
}

/** One question and its verdict. */
export interface CheckedItem {
  readonly operation: { readonly method: string; readonly path: string; readonly operationId: string } | null;
  readonly permission: string | null;
  /** Null with `--offline`: nothing was judged. */
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
  /** The service of a policy that needs it. */
  readonly service: string | null;
  readonly live: { readonly status: number | null; readonly code: string | null } | null;
}

/** The principal as the result shows it. */
export function summarizePrincipal(principal: Principal, region: string): CheckedPrincipal {
  const { kind, client, user, organization, homeOrganization, scopes, scopesBind } = principal;
  const grant =
    client?.grantType === null || client?.grantType === undefined
      ? ""
      : ` (${client.grantType.toLowerCase()})`;
  const place = organization === null ? "" : ` in organization "${organization.name ?? organization.id}"`;
  const through =
    kind === "user" && client !== null ? ` through OAuth client "${client.name ?? client.id}"` : "";
  return {
    kind,
    description: `${describeSubject(principal)}${through}${grant}${place}, ${region}`,
    client:
      client === null
        ? null
        : { id: client.id, name: client.name, grantType: client.grantType, state: client.state },
    user,
    organization,
    homeOrganization,
    region,
    scopes,
    scopesBind,
  };
}

/** What an item is about, in the words of the catalogue. */
export function nameOfItem({ operation, permission }: Pick<CheckedItem, "operation" | "permission">): string {
  return operation === null ? (permission ?? "") : `${operation.method} ${operation.path}`;
}

/** The document around the items, with what only some flags fill left empty. */
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
    findings: findings?.map(describeFinding) ?? null,
    excess: null,
    comparison: null,
    emitted: null,
    request: null,
  };
}
