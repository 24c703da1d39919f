import type { AuditActor } from "../../platform/audits/audit.ts";
import type { Grant } from "../../platform/reading/principal.ts";

/** The effect of an audited event on a principal's permissions, to the extent that the audit states it. */
export type ChangeEffect =
  /** A role gained and lost permissions. */
  | {
      readonly kind: "role";
      readonly roleId: string;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  /** A role changed, and the audit does not state how. */
  | { readonly kind: "role-unstated"; readonly roleId: string }
  | { readonly kind: "role-created"; readonly roleId: string }
  /** A role was deleted; its permissions are null when the audit does not list them. */
  | {
      readonly kind: "role-deleted";
      readonly roleId: string;
      readonly name: string | null;
      readonly permissions: readonly string[] | null;
    }
  /** The principal gained or lost a role in these divisions; null when the audit does not name them. */
  | {
      readonly kind: "granted" | "revoked";
      readonly roleId: string;
      readonly divisions: readonly string[] | null;
      /** The principal's group that gained or lost the role; absent for the principal's own role. */
      readonly groupId?: string;
    }
  /** The user joined a group, with what is granted to it. */
  | { readonly kind: "joined"; readonly groupId: string }
  /** The user left a group; its grants at that time are null where they are not known. */
  | { readonly kind: "left"; readonly groupId: string; readonly grants: readonly Grant[] | null }
  | { readonly kind: "policy-created"; readonly policyId: string }
  /** An access policy was changed or deleted; the audit does not state its earlier effect. */
  | { readonly kind: "policy-changed"; readonly policyId: string }
  /** The OAuth client gained and lost scopes, or its state changed; the state is null when it did not. */
  | {
      readonly kind: "client";
      readonly added: readonly string[];
      readonly removed: readonly string[];
      readonly state: { readonly before: string | null; readonly after: string | null } | null;
    }
  /** The OAuth client was created, so it had no token before. */
  | { readonly kind: "client-created" }
  /**
   * Something about the client or a grant changed, but the audit does not state what, or the effect can't be
   * judged.
   */
  | { readonly kind: "unstated" }
  /** A change that affects no verdict, such as a new name. */
  | { readonly kind: "none" };

/** An audited event that affects a principal. */
export interface AuditedChange {
  /** Id of the audit; null when it has none. */
  readonly id: string | null;
  /** Time in milliseconds since the Unix epoch. */
  readonly atMs: number;
  readonly actor: AuditActor;
  readonly entityType: string;
  readonly action: string;
  readonly entity: { readonly id: string | null; readonly name: string | null };
  readonly effect: ChangeEffect;
}
