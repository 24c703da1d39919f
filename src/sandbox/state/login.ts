/** A user's consent to an app. Revoking it also revokes its code, tokens and refresh tokens. */
export interface Authorization {
  /** The organization that the tokens act in. */
  readonly organizationId: string;
  readonly clientId: string;
  readonly userId: string;
  isRevoked: boolean;
}

/**
 * An authorization code (RFC 6749 section 4.1.2). It is bound to its client and redirect URI, and can be used once.
 */
export interface AuthorizationCode {
  readonly value: string;
  readonly authorization: Authorization;
  readonly redirectUri: string;
  /** The S256 challenge (RFC 7636 section 4.2); null when the request had none. */
  readonly challenge: string | null;
  readonly expiresAtMs: number;
  isUsed: boolean;
}

export interface RefreshToken {
  readonly value: string;
  readonly authorization: Authorization;
  /** Whether the client authenticated with its secret at login. If so, it must do the same to refresh the token. */
  readonly isConfidential: boolean;
  /** Whether a refresh has replaced this token. */
  isReplaced: boolean;
}

/** A browser that the login host recognizes by a cookie. */
export interface BrowserSession {
  readonly id: string;
  readonly userId: string;
  /**
   * A value that every form must send back, so that another site's page can't give consent (RFC 6749 section 10.12).
   */
  readonly ticket: string;
  readonly authorizations: Authorization[];
  lastUsedAtMs: number;
}

/** State of the login host. The maps are keyed by value or id. */
export interface Logins {
  readonly sessions: Map<string, BrowserSession>;
  readonly codes: Map<string, AuthorizationCode>;
  readonly refreshTokens: Map<string, RefreshToken>;
}

/** Creates the state of an unused login host. */
export function createLogins(): Logins {
  return { sessions: new Map(), codes: new Map(), refreshTokens: new Map() };
}
