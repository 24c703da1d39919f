/**
 * Settings of the sandbox. Some belong to the organization: scope enforcement, allowlist, idle timeout. The others
 * select one of several behaviors that the published documentation leaves open, so that a client can be tested
 * against each.
 */
export interface SandboxSettings {
  /** The organization's setting "Enforce Scopes", which is off by default on the platform. */
  readonly enforceScopes: boolean;
  /** CIDR ranges or addresses from which calls are accepted; empty for any address. */
  readonly ipAllowlist: readonly string[];
  /** Simulated source address of requests; null to use the real one. */
  readonly callerAddress: string | null;
  readonly idleTimeout: { readonly enabled: boolean; readonly seconds: number };
  /** Maximum number of API requests per token per minute; requests beyond it get a 429. */
  readonly requestsPerMinute: number;
  /**
   * Maximum number of token requests per client id per minute; requests beyond it get the 400 that means throttling.
   * Null for no limit.
   */
  readonly tokenRequestsPerMinute: number | null;
  /** Whether a login returns a refresh token, and whether each refresh rotates it. */
  readonly refreshTokens: "off" | "on" | "rotating";
  /**
   * Whether the refresh token of a PKCE login works without the client's secret (`allowed`), requires it (`refused`),
   * or is not issued (`absent`).
   */
  readonly refreshWithoutSecret: "allowed" | "refused" | "absent";
  /** Whether to show the consent page to the user (`ask`), or to answer it for the user with `allow` or `deny`. */
  readonly consent: "ask" | "allow" | "deny";
  /** Delay in milliseconds until a change of roles or grants is enforced. Reads show the change immediately. */
  readonly propagationDelayMs: number;
  /** Whether authorization/subjects/me accepts client-credentials tokens. If not, it returns 400 `not.a.user`. */
  readonly subjectsMeForClients: boolean;
  /** Whether authorization/subjects/me accepts users' tokens. If not, it returns 403. */
  readonly subjectsMeForUsers: boolean;
  /** Whether authorization/divisionspermitted/… accepts client-credentials tokens. */
  readonly divisionsPermittedForClients: boolean;
  /** Whether authorization/divisionspermitted/… accepts users' tokens. If not, it returns 403. */
  readonly divisionsPermittedForUsers: boolean;
  /** Whether users/me?expand=authorization contains `authorization` at all. */
  readonly expandAuthorization: boolean;
  /** Whether an unknown client id gets a 400 and a wrong secret a 401. If not, both get a 401. */
  readonly distinctTokenErrors: boolean;
  /** Code of the 401 for an expired token. */
  readonly expiredTokenCode: "credentials.expired" | "bad.credentials";
  /**
   * The permissions that a 403 lists: every missing one, only the first, none, or each with the division as a fourth
   * part. All four forms occur in real responses.
   */
  readonly permissionMessage: "complete" | "first" | "empty" | "with-division";
  /**
   * Whether a call is allowed (`lenient`) or refused (`strict`) when the published documentation states only that
   * access also depends on something else, such as an object, a person or an unpublished permission.
   */
  readonly undocumented: "lenient" | "strict";
  /** How far the data lake behind the jobs lags, in seconds. */
  readonly lakeLagSeconds: number;
  /** Fixed watermark of the data lake; null to use the current time minus the lag. */
  readonly watermark: string | null;
  /** Number of polls before a job finishes. */
  readonly jobPolls: number;
  readonly jobLifetimeSeconds: number;
  /** Default number of rows on a page of job results. */
  readonly jobPageSize: number;
  /** Maximum number of rows on a page of job results. */
  readonly largestJobPage: number;
  /** Status for pages with more than `above` rows (504, 413 or 400); null for no such limit. */
  readonly heavyPages: { readonly above: number; readonly status: number } | null;
  /** Maximum number of query results that can be read page by page. Requests beyond it get a 400. */
  readonly mostQueryResults: number;
  /** Maximum number of job results that can be read page by page. Requests beyond it get a 400. */
  readonly mostJobResults: number;
  /** Maximum number of buckets in one response of an aggregate query. */
  readonly mostBuckets: number;
  /** Whether the cursor precedes the rows in job results. Both orders are valid JSON. */
  readonly cursorFirst: boolean;
  /** Number of rows by which each page begins early (rows are repeated) or, if negative, late (rows are skipped). */
  readonly pageDrift: { readonly query: number; readonly jobs: number; readonly listings: number };
  /** Whether the listing of OAuth clients contains their secrets. It is not published whether the platform's does. */
  readonly listsClientSecrets: boolean;
  /** Fractions, from 0 to 1, of the recordings whose file is not available and of those whose batch fails. */
  readonly recordings: {
    readonly archived: number;
    readonly deleted: number;
    readonly notReady: number;
    readonly failing: number;
  };
  /** Lifetime of a recording's signed URL, in seconds. The organization's setting allows 2 to 60 minutes. */
  readonly recordingUrlSeconds: number;
  /** Number of redirects before the file of a recording. */
  readonly mediaRedirects: number;
  /** Number of seconds between the end of a UTC day and its appearance in API usage. */
  readonly usageDelaySeconds: number;
  /** UTC days that API usage never reports. */
  readonly usageMissingDays: readonly string[];
  /** Maximum number of rows that the older queries for API usage return. Their results have only one page. */
  readonly usageMostRows: number;
  /** Maximum number of rows of a job for API usage. A larger result gets a 400 `max.response.size.reached`. */
  readonly usageMostJobRows: number;
  /** Whether the paths in API usage contain the definition's parameter names or other ones. */
  readonly usageTemplates: "definition" | "other-names";
  /**
   * Whether audits of roles, grants and clients contain the changed values. Audits of a real organization may not.
   */
  readonly auditChanges: "named" | "absent";
  /** Services that the realtime audit query supports. */
  readonly realtimeAuditServices: readonly string[];
  /** Services that the organization's audits do not cover. */
  readonly unauditedServices: readonly string[];
  /** Whether the sandbox compresses bodies for clients that accept gzip. */
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
