import type { Operation, PermissionMode } from "../catalogue/operation.ts";

/** What was asked, as far as it matters for a remedy. */
export interface Question {
  readonly operation: Operation | null;
  readonly mode: PermissionMode;
  readonly permissions: readonly string[];
  readonly divisionId: string | null;
  /** Whether there is a harmless call that `--live` could make. */
  readonly isLivePossible: boolean;
}
