/** How a request was authenticated. The credentials themselves are removed. */
export type AuthorizationSeen =
  | "bearer"
  | "empty-bearer"
  | "basic"
  | "basic-without-id"
  | "basic-without-base64"
  | "other";

/** A request found in a paste, reduced to the fields that a diagnosis needs. */
export interface RequestSeen {
  readonly method: string | null;
  readonly host: string | null;
  /** Path without query and fragment. */
  readonly path: string | null;
  /** Query without the question mark and without secrets. It distinguishes the pages of a listing. */
  readonly query: string | null;
  /** Names of SDK methods and of official CLI commands near the request, the most specific first. */
  readonly names: readonly string[];
  /** How the request is authenticated; null when the paste does not show it. */
  readonly authorization: AuthorizationSeen | null;
  readonly contentType: string | null;
  /** Names of the body's fields, not their values. */
  readonly bodyFields: readonly string[];
  readonly bodyFormat: "json" | "form" | null;
  readonly grantType: string | null;
  /** Names of the notification topics in the body, including the ids that the paste shows. */
  readonly topics: readonly string[];
  /**
   * Whether a verb before the path or a program that sends GET by default shows that the call reads, although no method
   * is visible: `listing /api/v2/users`.
   */
  readonly isRead: boolean;
  /** Whether the paste also reports a success of the same method and path. */
  readonly isServed: boolean;
  /** Whether the record of the failure shows no request, and this one is from another record. */
  readonly isLent: boolean;
}

/**
 * Pattern source for first path segments that hardly any other API has. They identify a path that was pasted
 * without `/api/v2`. Leaves out `users` and `conversations`, because other APIs have them too.
 */
export const OWN_AREAS =
  "analytics|architect|audits|authorization|externalcontacts|outbound|presencedefinitions|processautomation|quality|recording|responsemanagement|routing|speechandtextanalytics|taskmanagement|telephony|webdeployments|webmessaging|workforcemanagement";
const API_PATH = new RegExp(`/api/v\\d\\b|^/(?:oauth2?|platform)\\b|^/(?:${OWN_AREAS})/`);

/** Whether a path belongs to the API or to OAuth. */
export function isApiPath(path: string | null): boolean {
  return path !== null && API_PATH.test(path);
}

/** The form in which a failure appears in a paste. */
export type FailureForm =
  /** The API's JSON error body. */
  | "api"
  /** The token endpoint's `{error, description}`. */
  | "token-endpoint"
  /** The state of a failed asynchronous job, in a response that succeeded. */
  | "job"
  /** An HTML page where JSON was expected. */
  | "html"
  /** No response at all. */
  | "network"
  /** No structured response: an exception, a log line or prose. */
  | "words";

/** One failure in a paste. Any field except the form may be missing. */
export interface Failure {
  readonly form: FailureForm;
  readonly status: number | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly messageParams: Readonly<Record<string, string>>;
  readonly request: RequestSeen | null;
  /** Header names in lower case; only those that a diagnosis uses. */
  readonly headers: Readonly<Record<string, string>>;
  readonly contextId: string | null;
  /** Whether only one entry of a bulk request failed, although the request itself succeeded. */
  readonly isEntry: boolean;
  /** Whether the request is from the access log of a server that answered it or passed it on. */
  readonly isReceived: boolean;
  /** The clause about this failure, when one sentence reports several failures; null otherwise. */
  readonly clause: string | null;
  /**
   * The Terraform block that an error names, such as `create resource genesyscloud_user`; null for any other failure.
   */
  readonly block: string | null;
}

/** The failures and requests found in a paste. */
export interface Paste {
  readonly failures: readonly Failure[];
  /** Failures whose request succeeded later. */
  readonly settled: readonly Failure[];
  /** Requests in the paste that succeeded or have no visible outcome. */
  readonly requests: readonly RequestSeen[];
  /** Paths of the requests that succeeded and need no fix. */
  readonly worked: readonly string[];
  /** The text of the paste without secrets, for claims in prose. */
  readonly words: string;
  /** The text of the paste without replies from other people, who only guess or advise. */
  readonly opening: string;
}

export const NO_REQUEST_DETAILS = {
  method: null,
  host: null,
  path: null,
  query: null,
  names: [],
  authorization: null,
  contentType: null,
  bodyFields: [],
  bodyFormat: null,
  grantType: null,
  topics: [],
  isRead: false,
  isServed: false,
  isLent: false,
} as const;

export const NO_FAILURE_DETAILS = {
  status: null,
  code: null,
  message: null,
  messageParams: {},
  request: null,
  headers: {},
  contextId: null,
  isEntry: false,
  isReceived: false,
  clause: null,
  block: null,
} as const;

/** Matches error codes with which identity providers refuse a sign-in. */
export const IDENTITY_PROVIDER_CODE = /\bAADSTS\d|\bMSIS\d|\bE00000\d\d\b|\bapp_not_/;
