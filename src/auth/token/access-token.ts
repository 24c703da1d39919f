import type { Secret } from "../../core/secret.ts";

export interface AccessToken {
  readonly secret: Secret;
  /** Milliseconds since the epoch; null when unknown. */
  readonly expiresAtMs: number | null;
}
