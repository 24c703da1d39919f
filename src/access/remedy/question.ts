import type { Operation, PermissionMode } from "../../catalogue/operation.ts";
import type { RoleBook } from "./role-pool.ts";

/** What was asked, as far as it matters for a remedy. */
export interface Question {
  readonly operation: Operation | null;
  readonly mode: PermissionMode;
  readonly permissions: readonly string[];
  readonly divisionId: string | null;
  /** Whether there is a harmless call that `--live` could make. */
  readonly isLivePossible: boolean;
  /** The organization's roles, to choose from. */
  readonly roles: RoleBook;
}
