import type { Operation, PermissionMode } from "../../catalogue/facts/operation.ts";
import type { RolePool } from "./roles/role-pool.ts";

/** The part of a diagnosis that determines which remedies fit. */
export interface RemedyQuestion {
  /** Null for a bare permission. */
  readonly operation: Operation | null;
  readonly mode: PermissionMode;
  readonly permissions: readonly string[];
  /** Id of the object's division; null when it is not known. */
  readonly divisionId: string | null;
  /** Whether `--live` has a harmless call to make. */
  readonly isLivePossible: boolean;
  /** The organization's roles to choose from. */
  readonly roles: RolePool;
}
