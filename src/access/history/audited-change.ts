import type { AuditActor } from "../../platform/audits/audit.ts";
import type { Grant } from "../../platform/reading/principal.ts";

/** The effect of an audited event on a principal's permissions, as far as the audit shows it. */
export type ChangeEffect =
  /** A role gained and lost permissions. */
  | {
      readonly kind: "role";
      readonly roleId: string;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  /** A role changed, but the audit does not show how. */
  | { readonly kind: "role-unstated"; readonly roleId: string }
  | { readonly kind: "role-created"; readonly roleId: string }
  /** A role was deleted. `permissions` is null when the audit does not list them. */
  | {
      readonly kind: "role-deleted";
      readonly roleId: string;
      readonly name: string | null;
      readonly permissions: readonly string[] | null;
    }
  /**
   * The principal got or lost a role in these divisions. `divisions` is null when the audit does not name them.
   */
  | {
      readonly kind: "granted" | "revoked";
      readonly roleId: string;
      readonly divisions: readonly string[] | null;
      /**
       * The group through which the principal got or lost the role; absent when the role was assigned directly.
       */
      readonly groupId?: string;
    }
  /** The user joined a group and got its grants. */
  | { readonly kind: "joined"; readonly groupId: string }
  /** The user left a group. `grants` are those of the group at that time, or null when they are unknown. */
  | { readonly kind: "left"; readonly groupId: string; readonly grants: readonly Grant[] | null }
  | { readonly kind: "policy-created"; readonly policyId: string }
  /** An access policy was changed or deleted. The audit does not show its earlier effect. */
  | { readonly kind: "policy-changed"; readonly policyId: string }
  /** The OAuth client got or lost scopes, or its state changed. `state` is null when the state did not change. */
  | {
      readonly kind: "client";
      readonly added: readonly string[];
      readonly removed: readonly string[];
      readonly state: { readonly before: string | null; readonly after: string | null } | null;
    }
  /** The OAuth client was created, so it had no token before. */
  | { readonly kind: "client-created" }
  /**
   * Something about the client or a grant changed, but the audit does not show what, or its effect cannot be
   * determined.
   */
  | { readonly kind: "unstated" }
  /** A change that affects no verdict, such as a new name. */
  | { readonly kind: "none" };

/** An audited event that affects a principal. */
export interface AuditedChange {
  /** Id of the audit entry; null when it has none. */
  readonly id: string | null;
  /** Time in milliseconds since the Unix epoch. */
  readonly atMs: number;
  readonly actor: AuditActor;
  readonly entityType: string;
  readonly action: string;
  readonly entity: { readonly id: string | null; readonly name: string | null };
  readonly effect: ChangeEffect;
}
