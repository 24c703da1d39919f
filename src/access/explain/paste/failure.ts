/** Authentication of a request; the value itself is removed. */
export type AuthorizationSeen =
  | "bearer"
  | "empty-bearer"
  | "basic"
  | "basic-without-id"
  | "basic-without-base64"
  | "other";

/** A request in the paste, reduced to what a diagnosis needs. */
export interface RequestSeen {
  readonly method: string | null;
  readonly host: string | null;
  /** Path without query and fragment. */
  readonly path: string | null;
  /** Query without the question mark and without secrets; the pages of a listing differ in it. */
  readonly query: string | null;
  /** Names of SDK methods and commands of the official CLI beside the request, the most telling first. */
  readonly names: readonly string[];
  /** Null when the paste does not show it. */
  readonly authorization: AuthorizationSeen | null;
  readonly contentType: string | null;
  /** Names of the body's fields, not their values. */
  readonly bodyFields: readonly string[];
  readonly bodyFormat: "json" | "form" | null;
  readonly grantType: string | null;
  /** Names of notification topics in the body, with the ids of the paste. */
  readonly topics: readonly string[];
}

/**
 * First words of paths that hardly any other API has. They identify a path that a person pasted without `/api/v2`.
 * `users` and `conversations` are missing because other APIs have them too.
 */
export const OWN_AREAS =
  "analytics|architect|audits|authorization|externalcontacts|outbound|presencedefinitions|processautomation|quality|recording|responsemanagement|routing|speechandtextanalytics|taskmanagement|telephony|webdeployments|webmessaging|workforcemanagement";
const API_PATH = new RegExp(`/api/v\\d\\b|^/(?:oauth2?|platform)\\b|^/(?:${OWN_AREAS})/`);

/** Whether a path belongs to the API or to OAuth. */
export function isApiPath(path: string | null): boolean {
  return path !== null && API_PATH.test(path);
}

/** The envelope that a failure arrived in. */
export type FailureForm =
  /** The API's JSON error body. */
  | "api"
  /** The token endpoint's `{error, description}`. */
  | "token-endpoint"
  /** The state of an asynchronous query that failed, in an answer that succeeded. */
  | "job"
  /** An HTML page where JSON was expected. */
  | "html"
  /** No answer at all. */
  | "network"
  /** Words only: an exception, a log line, prose. */
  | "words";

/** One failure in a paste; every field but the form may be absent. */
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
  /** Whether it is that of one entry in the answer to a request for many, which itself succeeded. */
  readonly isEntry: boolean;
}

/** A text reduced to its failures. */
export interface Paste {
  readonly failures: readonly Failure[];
  /** Failures whose request succeeded later. */
  readonly settled: readonly Failure[];
  /** Requests in the paste that succeeded, or without a visible outcome. */
  readonly requests: readonly RequestSeen[];
  /** The words of the paste without secrets, for claims in prose. */
  readonly words: string;
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
} as const;
