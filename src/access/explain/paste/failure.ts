/** How a request authenticated itself; the value itself is gone. */
export type AuthorizationSeen = "bearer" | "empty-bearer" | "basic" | "basic-without-id" | "other";

/** A request that the paste shows, reduced to what a diagnosis needs. */
export interface RequestSeen {
  readonly method: string | null;
  readonly host: string | null;
  /** Without query and fragment. */
  readonly path: string | null;
  /** Null: the paste does not show how. */
  readonly authorization: AuthorizationSeen | null;
  readonly contentType: string | null;
  /** Names of the body's fields, not their values. */
  readonly bodyFields: readonly string[];
  readonly bodyFormat: "json" | "form" | null;
  readonly grantType: string | null;
}

/** The envelope that a failure arrived in. */
export type FailureForm =
  /** The API's JSON error body. */
  | "api"
  /** The token endpoint's `{error, description}`. */
  | "token-endpoint"
  /** An HTML page where JSON was expected. */
  | "html"
  /** No answer at all. */
  | "network"
  /** Words only: an exception, a log line, prose. */
  | "words";

/** One failure as the paste tells it; everything may be absent except the form. */
export interface Failure {
  readonly form: FailureForm;
  readonly status: number | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly messageParams: Readonly<Record<string, string>>;
  readonly request: RequestSeen | null;
  /** Names in lower case; only those that a diagnosis uses. */
  readonly headers: Readonly<Record<string, string>>;
  readonly contextId: string | null;
}

/** A text reduced to what it reports. */
export interface Paste {
  readonly failures: readonly Failure[];
  /** Requests that the paste shows and that did not fail, or whose outcome it does not show. */
  readonly requests: readonly RequestSeen[];
  /** The words of the paste without secrets, for claims that people make in prose. */
  readonly words: string;
}

export const NO_FAILURE_DETAILS = {
  status: null,
  code: null,
  message: null,
  messageParams: {},
  request: null,
  headers: {},
  contextId: null,
} as const;
