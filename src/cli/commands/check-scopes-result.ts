import type { Evidence, Layer, Missing, Remedy, VerdictName } from "../../access/verdict.ts";
import { describeSubject } from "../../access/words.ts";
import type { PermissionMode } from "../../catalogue/operation.ts";
import type { Named, OAuthClient, Principal } from "../../platform/principal.ts";

/** The JSON contract of `check-scopes`. */
export interface CheckScopesResult {
  readonly schema: "genscope/check-scopes/v1";
  /** Null with `--offline`. */
  readonly principal: CheckedPrincipal | null;
  readonly summary: Readonly<Record<VerdictName, number>>;
  readonly results: readonly CheckedItem[];
}

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
  readonly missing: Missing;
  readonly evidence: readonly Evidence[];
  readonly remedies: readonly Remedy[];
  readonly location: { readonly file: string; readonly line: number } | null;
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
