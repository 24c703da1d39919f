import type { Operation, PermissionMode } from "../../catalogue/facts/operation.ts";
import type { RolePool } from "./roles/role-pool.ts";

/** The part of a check that its remedies depend on. */
export interface RemedyQuestion {
  /** The checked operation; null when only a permission is checked. */
  readonly operation: Operation | null;
  readonly mode: PermissionMode;
  readonly permissions: readonly string[];
  /** Id of the object's division; null when it is not known. */
  readonly divisionId: string | null;
  /** Whether `--live` could make a harmless call for this check. */
  readonly isLivePossible: boolean;
  /** The roles of the organization that remedies can suggest. */
  readonly roles: RolePool;
}
