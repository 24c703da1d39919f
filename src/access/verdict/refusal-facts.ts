import type { Operation } from "../../catalogue/facts/operation.ts";

/** The names that a refusal contains, read from its message and parameters. */
export interface NamedInMessage {
  /** `domain:entity:action`, without a division. */
  readonly permissions: readonly string[];
  readonly scopes: readonly string[];
  /** Ids (or names) of divisions. */
  readonly divisions: readonly string[];
  readonly policies: readonly string[];
  readonly addresses: readonly string[];
  readonly retryAfterSeconds: number | null;
}

/** Everything known about a refusal when no token can be read. */
export interface RefusalFacts {
  readonly status: number | null;
  readonly code: string | null;
  readonly operation: Operation | null;
  readonly named: NamedInMessage;
  readonly retryAfterSeconds: number | null;
  /** False for the one refusal that only a client-credentials token avoids. */
  readonly isUserRequired: boolean;
  /** Whether the platform's definition declares this status with this code. */
  readonly isDeclared: boolean;
}
