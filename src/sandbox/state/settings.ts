/**
 * Settings of the sandbox. Some belong to the organization (scope enforcement, allowlist, idle timeout). The
 * others select between behaviors that public material leaves open, so that a client can be tested against
 * each.
 */
export interface SandboxSettings {
  /** "Enforce Scopes" of the organization; off by default on the platform. */
  readonly enforceScopes: boolean;
  /** CIDR ranges or addresses that may call; empty for any address. */
  readonly ipAllowlist: readonly string[];
  /** Simulated source address of requests; null for the real one. */
  readonly callerAddress: string | null;
  readonly idleTimeout: { readonly enabled: boolean; readonly seconds: number };
  /** API requests per token and minute before a 429. */
  readonly requestsPerMinute: number;
  /** Token requests per client id and minute before the 400 that means throttling; null for no limit. */
  readonly tokenRequestsPerMinute: number | null;
  /** Whether a login returns a refresh token, and whether each refresh rotates it. */
  readonly refreshTokens: "off" | "on" | "rotating";
  /**
   * The refresh token of a PKCE login without secret: one that works, one that requires the secret, or none.
   */
  readonly refreshWithoutSecret: "allowed" | "refused" | "absent";
  /** The actor on the consent page: the user, or the sandbox on the user's behalf. */
  readonly consent: "ask" | "allow" | "deny";
  /** Delay until a change of roles or grants is enforced; reads show it immediately. */
  readonly propagationDelayMs: number;
  /** Whether authorization/subjects/me accepts client-credentials tokens; otherwise 400 `not.a.user`. */
  readonly subjectsMeForClients: boolean;
  /** Whether authorization/subjects/me accepts users' tokens; otherwise 403. */
  readonly subjectsMeForUsers: boolean;
  /** Whether authorization/divisionspermitted/… accepts client-credentials tokens. */
  readonly divisionsPermittedForClients: boolean;
  /** Whether authorization/divisionspermitted/… accepts users' tokens; otherwise 403. */
  readonly divisionsPermittedForUsers: boolean;
  /** Whether users/me?expand=authorization really contains `authorization`. */
  readonly expandAuthorization: boolean;
  /**
   * Whether an unknown client id and a wrong secret get different statuses (400 and 401); otherwise both 401.
   */
  readonly distinctTokenErrors: boolean;
  /** Code of the 401 for an expired token. */
  readonly expiredTokenCode: "credentials.expired" | "bad.credentials";
  /**
   * The permissions in a 403: every missing one, only the first, none, or each with the division as a fourth
   * part. All four occur in real responses.
   */
  readonly permissionMessage: "complete" | "first" | "empty" | "with-division";
  /**
   * The outcome when public material only states that something else matters (an object, a person, an
   * unpublished permission): the call passes, or it is refused.
   */
  readonly undocumented: "lenient" | "strict";
  /** Lag of the data lake behind the jobs. */
  readonly lakeLagSeconds: number;
  /** Fixed watermark of the data lake; null for the clock minus the lag. */
  readonly watermark: string | null;
  /** Number of polls before a job finishes. */
  readonly jobPolls: number;
  readonly jobLifetimeSeconds: number;
  /** Default number of rows on a page of job results. */
  readonly jobPageSize: number;
  /** Maximum number of rows on a page of job results. */
  readonly largestJobPage: number;
  /** Pages with more rows get 504, 413 or 400; null for no such limit. */
  readonly heavyPages: { readonly above: number; readonly status: number } | null;
  /** Maximum number of results that the pages of a query reach; 400 beyond it. */
  readonly mostQueryResults: number;
  /** Maximum number of results that the pages of a job reach; 400 beyond it. */
  readonly mostJobResults: number;
  /** Maximum number of buckets in one response with aggregates. */
  readonly mostBuckets: number;
  /** Whether the cursor precedes the rows in results; both orders are valid JSON. */
  readonly cursorFirst: boolean;
  /** Number of rows by which each page begins early (repeated rows) or, if negative, late (skipped rows). */
  readonly pageDrift: { readonly query: number; readonly jobs: number; readonly listings: number };
  /** Whether the listing of OAuth clients contains their secrets, which is not published. */
  readonly listsClientSecrets: boolean;
  /** Shares of recordings, from 0 to 1, whose file is not available, and whose batch fails. */
  readonly recordings: {
    readonly archived: number;
    readonly deleted: number;
    readonly notReady: number;
    readonly failing: number;
  };
  /** Lifetime of the signed address of a recording. The organization's setting allows 2 to 60 minutes. */
  readonly recordingUrlSeconds: number;
  /** Number of redirects before the file of a recording. */
  readonly mediaRedirects: number;
  /** Seconds after the end of a UTC day until API usage reports it. */
  readonly usageDelaySeconds: number;
  /** UTC days that API usage never reports. */
  readonly usageMissingDays: readonly string[];
  /** Maximum number of rows of the older queries for API usage, whose results have only one page. */
  readonly usageMostRows: number;
  /** Maximum number of rows of a job for API usage; 400 `max.response.size.reached` beyond it. */
  readonly usageMostJobRows: number;
  /** Parameter names in the paths of API usage: those of the definition, or others. */
  readonly usageTemplates: "definition" | "other-names";
  /** Whether audits of roles, grants and clients state what changed; audits of a real organization may not. */
  readonly auditChanges: "named" | "absent";
  /** Services that the realtime audit query supports. */
  readonly realtimeAuditServices: readonly string[];
  /** Services that the organization's audits do not list. */
  readonly unauditedServices: readonly string[];
  /** Whether bodies are compressed for clients that accept gzip. */
  readonly gzip: boolean;
}

export const DEFAULT_SETTINGS: SandboxSettings = {
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
  subjectsMeForUsers: true,
  divisionsPermittedForClients: true,
  divisionsPermittedForUsers: true,
  expandAuthorization: true,
  distinctTokenErrors: true,
  expiredTokenCode: "credentials.expired",
  permissionMessage: "complete",
  undocumented: "lenient",
  lakeLagSeconds: 6 * 3_600,
  watermark: null,
  jobPolls: 1,
  jobLifetimeSeconds: 24 * 3_600,
  jobPageSize: 1_000,
  largestJobPage: 10_000,
  heavyPages: null,
  mostQueryResults: 100_000,
  mostJobResults: 400_000,
  mostBuckets: 5_000,
  cursorFirst: false,
  pageDrift: { query: 0, jobs: 0, listings: 0 },
  listsClientSecrets: false,
  recordings: { archived: 0.04, deleted: 0.02, notReady: 0, failing: 0 },
  recordingUrlSeconds: 3_600,
  mediaRedirects: 0,
  usageDelaySeconds: 0,
  usageMissingDays: [],
  usageMostRows: 20_000,
  usageMostJobRows: 1_000_000,
  usageTemplates: "definition",
  auditChanges: "named",
  realtimeAuditServices: ["Architect", "ContactCenter", "PeoplePermissions"],
  unauditedServices: [],
  gzip: true,
};
