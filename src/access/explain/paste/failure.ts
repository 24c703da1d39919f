/** Authentication of a request; the value itself is removed. */
export type AuthorizationSeen =
  | "bearer"
  | "empty-bearer"
  | "basic"
  | "basic-without-id"
  | "basic-without-base64"
  | "other";

/** A request in the paste, reduced to the fields that a diagnosis needs. */
export interface RequestSeen {
  readonly method: string | null;
  readonly host: string | null;
  /** Path without query and fragment. */
  readonly path: string | null;
  /** Query without the question mark and without secrets; it distinguishes the pages of a listing. */
  readonly query: string | null;
  /** Names of SDK methods and commands of the official CLI next to the request, the most specific first. */
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
 * First segments of paths that hardly any other API has. They identify a path that was pasted without
 * `/api/v2`. `users` and `conversations` are missing because other APIs have them too.
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
  /** The state of a failed asynchronous query, in a successful response. */
  | "job"
  /** An HTML page where JSON was expected. */
  | "html"
  /** No response at all. */
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
  /** Whether only one entry of a bulk request failed, although the request itself succeeded. */
  readonly isEntry: boolean;
  /** The clause about this failure, in a sentence about several failures; null for any other text. */
  readonly clause: string | null;
  /** The Terraform block of an error, as `ACTION BLOCK TYPE`; null for any other failure. */
  readonly block: string | null;
}

/** The failures and requests found in a paste. */
export interface Paste {
  readonly failures: readonly Failure[];
  /** Failures whose request succeeded later. */
  readonly settled: readonly Failure[];
  /** Requests in the paste that succeeded or have no visible outcome. */
  readonly requests: readonly RequestSeen[];
  /** The text of the paste without secrets, for claims in prose. */
  readonly words: string;
  /** The same text without replies from other people, who guess and advise. */
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
  clause: null,
  block: null,
} as const;
