import type { SurveyedArea } from "../../../../access/survey/survey-operations.ts";
import type { Layer, VerdictName } from "../../../../access/verdict/verdict.ts";
import type { RoleHolders } from "../../../../platform/clients/role-holders.ts";
import type { Unreadable } from "../../../../platform/reading/principal.ts";

/** Who may call an operation, with `--who`. Denied clients and roles are only counted. */
export interface Callers {
  /** Null when the clients could not be listed. */
  readonly clients: readonly CallingClient[] | null;
  readonly deniedClients: number | null;
  /** Null when the roles could not be read, and when the operation's permissions are not published. */
  readonly roles: readonly CallingRole[] | null;
  readonly deniedRoles: number | null;
  /** Facts that this login may not read, with the permissions that would reveal them. */
  readonly unreadable: readonly UnreadFact[];
  /** What the lists omit, as sentences. */
  readonly notes: readonly string[];
}

export type UnreadFact = Pick<Unreadable, "reason" | "permissions" | "scopes"> & { readonly what: string };

export interface CallingClient {
  readonly id: string;
  readonly name: string | null;
  readonly grantType: string | null;
  readonly state: string | null;
  readonly verdict: Exclude<VerdictName, "denied">;
  readonly layer: Layer;
  /** An accepted scope that the client has; null when it has none, and for client credentials. */
  readonly scope: string | null;
  readonly summary: string;
}

export interface CallingRole {
  readonly id: string;
  readonly name: string | null;
  /**
   * The verdict on a caller that holds only this role, in every division; `denied` when the role has only some of the
   * permissions.
   */
  readonly verdict: VerdictName;
  readonly layer: Layer;
  /** Permissions that another role must add; empty when this role is enough. */
  readonly missing: readonly string[];
  /** How many subjects hold the role; null when they could not be counted. */
  readonly holders: RoleHolders | null;
  readonly summary: string;
}

/** Result of `--list`: the operations that an identity may call. */
export interface ListedOperations {
  /** The requested area; null for all areas. */
  readonly area: string | null;
  readonly totals: Readonly<Record<VerdictName, number>>;
  readonly areas: readonly SurveyedArea[];
  /** Facts that this login may not read, with the permissions that would reveal them. */
  readonly unreadable: readonly UnreadFact[];
}
