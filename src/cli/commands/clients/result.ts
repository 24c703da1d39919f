import type { UseTotals } from "../../../access/clients/assess-client.ts";
import type { ClientBreak } from "../../../access/clients/client-break.ts";
import type { ClientFinding } from "../../../access/clients/client-finding.ts";
import type { ComingChange } from "../../../access/clients/coming-change.ts";
import type { Opening } from "../../../access/clients/openings.ts";
import type { OperationUse } from "../../../access/clients/operation-use.ts";
import type { ScopeUse } from "../../../access/clients/scope-use.ts";
import type { PermissionUse } from "../../../access/clients/surplus.ts";
import type { ClientRehearsal } from "../../../access/rehearsal/rehearse-client.ts";
import type { RehearsedUsers } from "../../../access/rehearsal/rehearse-users.ts";
import type { Layer, MissingAccess, Remedy, VerdictName } from "../../../access/verdict/verdict.ts";
import type { Unreadable } from "../../../platform/reading/principal.ts";
import type { Emitted } from "../check-scopes/result.ts";

/** The JSON contract of `clients`. */
export interface ClientsResult {
  readonly schema: "genscope/clients/v1";
  /** The UTC days covered by API usage, both inclusive. */
  readonly window: { readonly firstDay: string; readonly lastDay: string; readonly days: number };
  /** The last day to check for breaking changes, with `--as-of`; null for no end. */
  readonly asOf: string | null;
  /** The organizations, one per profile. */
  readonly organizations: readonly OrganizationClients[];
  /** The role of one client as a file, with `--emit`; otherwise null. */
  readonly emitted: Emitted | null;
}

export interface OrganizationClients {
  /** The named profile; null for the login in use. */
  readonly profile: string | null;
  readonly region: string;
  readonly usage: {
    readonly isRead: boolean;
    /** Days without a request from any client; null when not known. */
    readonly missingDays: readonly string[] | null;
    /** Whether the service truncated the result. */
    readonly isCut: boolean;
  };
  /** Facts that this login may not read, with the permissions that would reveal them. */
  readonly unreadable: readonly UnreadableSource[];
  readonly clients: readonly InventoriedClient[];
  /** Clients that made calls but are not in the listing, such as those of vendors. */
  readonly unlisted: readonly UnlistedClient[];
}

export interface UnreadableSource extends Pick<Unreadable, "reason" | "permissions" | "scopes"> {
  readonly what:
    | Unreadable["what"]
    | "OAuth clients"
    | "API usage"
    | "API usage by user"
    | "approvals of OAuth clients";
}

export interface UnlistedClient {
  readonly id: string;
  readonly name: string | null;
  readonly totals: UseTotals;
  /** When some of its calls may be refused, soonest first. Its grant and permissions are unknown. */
  readonly breaks: readonly ClientBreak[];
}

/** One OAuth client of the inventory. It never contains a secret. */
export interface InventoriedClient {
  readonly id: string;
  readonly name: string | null;
  readonly grantType: string | null;
  readonly state: string | null;
  /** Null when the roles are unknown, as for a client that acts for users and has no roles itself. */
  readonly roles: readonly ClientRole[] | null;
  /** Scopes of the client, which do not affect client credentials; null when they could not be read. */
  readonly scopes: readonly string[] | null;
  readonly createdAt: string | null;
  readonly modifiedAt: string | null;
  readonly deletedAt: string | null;
  readonly ageDays: number | null;
  /** Null when API usage could not be read. */
  readonly totals: UseTotals | null;
  /** Last UTC day with a call; null when there was none, and in a list of several clients. */
  readonly lastDay: string | null;
  readonly verdict: string;
  readonly findings: readonly ClientFinding[];
  /** Reasons why the client may make calls that were not seen. */
  readonly openings: readonly Opening[];
  readonly changes: readonly ComingChange[];
  /** When the client, or some of its calls, may stop working; soonest first. */
  readonly breaks: readonly ClientBreak[];
  /** Null unless the user named this client. */
  readonly details: ClientDetails | null;
  /** What a change would break, with `--rehearse`; otherwise null. */
  readonly rehearsal:
    | (ClientRehearsal & {
        /** Null for a client that the change does not affect, and when API usage by user could not be read. */
        readonly users: RehearsedUsers | null;
      })
    | null;
}

export interface ClientRole {
  readonly id: string;
  readonly name: string | null;
  /** Names or ids of divisions; `*` for every division. */
  readonly divisions: readonly string[];
}

/** The permissions that one client uses, holds and lacks. */
export interface ClientDetails {
  /** Called operations, most requests first; null when API usage could not be read. */
  readonly operations: readonly CalledOperation[] | null;
  /** Held permissions, split by whether a call may depend on them; null when not known. */
  readonly permissions: PermissionUse | null;
  readonly scopes: ScopeUse | null;
  /** Operations with refused calls, with the diagnosed reason. */
  readonly refused: readonly RefusedOperation[];
}

export interface CalledOperation extends Omit<OperationUse, "operation"> {
  /** Null when no operation in the catalog has this path. */
  readonly operationId: string | null;
  /** The permissions that it requires. */
  readonly permissions: readonly string[];
}

export interface RefusedOperation {
  readonly method: string;
  readonly path: string;
  readonly refused: number;
  readonly passed: number;
  /** Today's verdict; null for a path that matches no operation. */
  readonly verdict: VerdictName | null;
  readonly layer: Layer | null;
  readonly missing: MissingAccess | null;
  readonly summary: string;
  readonly remedies: readonly Remedy[];
}
