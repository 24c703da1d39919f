import type { Authorization } from "./login.ts";

/** An access token of the sandbox. Its scopes are those of the moment it was issued. */
export interface Token {
  readonly value: string;
  readonly organizationId: string;
  readonly clientId: string;
  /** Null: the client speaks for itself (client credentials). */
  readonly userId: string | null;
  readonly scopes: readonly string[];
  /** The consent it comes from; null for a token of the client itself, and for one that an admin made. */
  readonly authorization: Authorization | null;
  readonly issuedAtMs: number;
  expiresAtMs: number;
  isRevoked: boolean;
  lastUsedAtMs: number;
  /** The rate-limit window in progress. */
  window: { readonly startedAtMs: number; count: number };
}
