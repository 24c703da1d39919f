import type { Secret } from "../../core/secret.ts";

export interface AccessToken {
  readonly secret: Secret;
  /** Expiry in milliseconds since the epoch; null when unknown. */
  readonly expiresAtMs: number | null;
}
