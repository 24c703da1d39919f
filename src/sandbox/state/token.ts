/** An access token of the sandbox. Its scopes are those of the moment it was issued. */
export interface Token {
  readonly value: string;
  readonly organizationId: string;
  readonly clientId: string;
  /** Null: the client speaks for itself (client credentials). */
  readonly userId: string | null;
  readonly scopes: readonly string[];
  readonly issuedAtMs: number;
  expiresAtMs: number;
  isRevoked: boolean;
  lastUsedAtMs: number;
  /** The rate-limit window in progress. */
  window: { readonly startedAtMs: number; count: number };
}
