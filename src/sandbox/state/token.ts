import type { Authorization } from "./login.ts";

/** An access token of the sandbox, with the scopes that it was issued with. */
export interface Token {
  readonly value: string;
  readonly organizationId: string;
  readonly clientId: string;
  /** The user; null when the client acts for itself (client credentials). */
  readonly userId: string | null;
  readonly scopes: readonly string[];
  /** The consent behind the token. Null for a client's own token, and for one that an admin action created. */
  readonly authorization: Authorization | null;
  readonly issuedAtMs: number;
  expiresAtMs: number;
  isRevoked: boolean;
  lastUsedAtMs: number;
  /** The current window of the rate limit, and the number of requests in it. */
  window: { readonly startedAtMs: number; count: number };
}
