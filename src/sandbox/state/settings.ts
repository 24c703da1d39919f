/**
 * Switches of the look-alike. Some are the organization's own (scope enforcement, allowlist, idle timeout);
 * the others choose between behaviours of the platform that public material does not settle, so that
 * a client can be tried against each of them.
 */
export interface Settings {
  /** "Enforce Scopes" of the organization; off by default on the platform. */
  readonly enforceScopes: boolean;
  /** CIDR ranges or addresses that may call; empty: every address may. */
  readonly ipAllowlist: readonly string[];
  /** The address that requests seem to come from; null: the real one. */
  readonly callerAddress: string | null;
  readonly idleTimeout: { readonly enabled: boolean; readonly seconds: number };
  /** API requests per token and minute before 429. */
  readonly requestsPerMinute: number;
  /** Token requests per client id and minute before the 400 that means throttling; null: no limit. */
  readonly tokenRequestsPerMinute: number | null;
  /** Whether a login yields a refresh token, and whether each renewal replaces it. */
  readonly refreshTokens: "off" | "on" | "rotating";
  /** What a login by PKCE without secret gets: a refresh token that works so, one that wants the secret, or none. */
  readonly refreshWithoutSecret: "allowed" | "refused" | "absent";
  /** Who answers the consent page: the person, or the sandbox in the person's place. */
  readonly consent: "ask" | "allow" | "deny";
  /** How long a change of roles or grants takes until it is enforced; reading shows it at once. */
  readonly propagationDelayMs: number;
  /** Whether authorization/subjects/me answers for client-credentials tokens; else 400 `not.a.user`. */
  readonly subjectsMeForClients: boolean;
  /** Whether authorization/divisionspermitted/… answers for client-credentials tokens. */
  readonly divisionsPermittedForClients: boolean;
  /** Whether users/me?expand=authorization really carries `authorization`. */
  readonly expandAuthorization: boolean;
  /** Unknown client id and wrong secret answer differently (400 and 401); else both as 401. */
  readonly distinctTokenErrors: boolean;
  /** The code of the 401 for an expired token. */
  readonly expiredTokenCode: "credentials.expired" | "bad.credentials";
  /**
   * What the 403 says about permissions: every missing one, only the first, none, or each with the division
   * as a fourth part. All four were seen in real answers.
   */
  readonly permissionMessage: "complete" | "first" | "empty" | "with-division";
  /** How far the lake behind the jobs lags. */
  readonly lakeLagSeconds: number;
  /** The lake's watermark as an instant, whatever the clock says; null: the clock minus the lag. */
  readonly watermark: string | null;
  /** How many polls of a job say that it still goes on. */
  readonly jobPolls: number;
  readonly jobLifetimeSeconds: number;
  /** Rows in a page of job results when nobody says how many. */
  readonly jobPageSize: number;
  /** The most rows a page of job results may be asked for. */
  readonly largestJobPage: number;
  /** Pages of more rows than this are answered with 504, 413 or 400; null: none is too heavy. */
  readonly heavyPages: { readonly above: number; readonly status: number } | null;
  /** Whether the cursor stands before the rows in results; JSON does not care. */
  readonly cursorFirst: boolean;
  /** By how many rows each page begins earlier (rows twice) or, negative, later (rows left out) than it should. */
  readonly pageDrift: { readonly query: number; readonly jobs: number; readonly listings: number };
  /** Whether bodies are compressed for clients that take gzip. */
  readonly gzip: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  enforceScopes: true,
  ipAllowlist: [],
  callerAddress: null,
  idleTimeout: { enabled: false, seconds: 1800 },
  requestsPerMinute: 300,
  tokenRequestsPerMinute: null,
  refreshTokens: "on",
  refreshWithoutSecret: "allowed",
  consent: "ask",
  propagationDelayMs: 0,
  subjectsMeForClients: true,
  divisionsPermittedForClients: true,
  expandAuthorization: true,
  distinctTokenErrors: true,
  expiredTokenCode: "credentials.expired",
  permissionMessage: "complete",
  lakeLagSeconds: 6 * 3_600,
  watermark: null,
  jobPolls: 1,
  jobLifetimeSeconds: 24 * 3_600,
  jobPageSize: 1_000,
  largestJobPage: 10_000,
  heavyPages: null,
  cursorFirst: false,
  pageDrift: { query: 0, jobs: 0, listings: 0 },
  gzip: true,
};
