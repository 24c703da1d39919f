import { type Failure, isApiPath, OWN_AREAS, type RequestSeen } from "./failure.ts";

/** What one record of a paste shows: a request, its outcome, or both. A record has at most one request. */
export interface Sighting {
  readonly request: RequestSeen | null;
  readonly outcome: "unseen" | "success" | "failure";
  /**
   * Failures of the request. There can be several, because a bulk response contains one per entry. Empty unless
   * the outcome is `failure`.
   */
  readonly failures: readonly Failure[];
  /** Ids of the record's thread or request, such as `req-77`. */
  readonly tags: readonly string[];
  /** Whether the record reports that a repetition succeeded: `page 17 ok after retry`. */
  readonly isRepetition: boolean;
}

/** Returns a sighting of a request whose outcome the record does not show. */
export function unanswered(request: RequestSeen, tags: readonly string[] = []): Sighting {
  return { request, outcome: "unseen", failures: [], tags, isRepetition: false };
}

/** Returns a sighting of a request that succeeded. `request` is null when the record shows only the success. */
export function succeeded(
  request: RequestSeen | null,
  tags: readonly string[] = [],
  isRepetition = false,
): Sighting {
  return { request, outcome: "success", failures: [], tags, isRepetition };
}

/**
 * Returns a sighting of the failures in one record, which share its request. Detaches the request from a token
 * endpoint error unless the request is a login.
 */
export function failed(given: readonly Failure[], tags: readonly string[] = []): Sighting {
  const failures = given.map(asTokenError).map((failure): Failure => {
    if (failure.form !== "token-endpoint" || isLogin(failure.request)) return failure;
    return isRefusedCall(failure) ? { ...failure, form: "api" } : { ...failure, request: null };
  });
  return {
    request: failures[0]?.request ?? null,
    outcome: "failure",
    failures,
    tags,
    isRepetition: false,
  };
}

/** A report of new access or a new token, after which a refused call can succeed. */
export const ACCESS_CHANGED: Sighting = {
  request: null,
  outcome: "unseen",
  failures: [],
  tags: [],
  isRepetition: false,
};

/** Tag of a request in source code with several calls, which do not show which of them a failure beside it is about. */
export const OF_CODE = "source code";

/** Codes that only the token endpoint sends, in whatever object a library wraps them. */
const OF_TOKEN_ENDPOINT = /^(?:invalid_grant|invalid_client|unsupported_grant_type)$/;

/** Recognizes the token endpoint's error even if its body looks like an API error. */
function asTokenError(failure: Failure): Failure {
  const { form, status, code, contextId, request } = failure;
  const isOther = isNamed(request) && !isLogin(request);
  const isTokenError = form === "api" && contextId === null && OF_TOKEN_ENDPOINT.test(code ?? "");
  const canBe = status === null || status === 400 || status === 401;
  return isTokenError && canBe && !isOther ? { ...failure, form: "token-endpoint" } : failure;
}

/**
 * Whether an OAuth-style error is the refusal of an API call. A login that the user declined has no status, and the
 * token endpoint does not respond with 403.
 */
function isRefusedCall({ status, code, request }: Failure): boolean {
  return (
    ((status === 401 || status === 403) && code === "access_denied") || (status === 403 && isNamed(request))
  );
}

/** Whether a request may have gone to the token endpoint or the login page. */
export function isLogin(request: RequestSeen | null): boolean {
  return (
    request !== null &&
    request.names.length === 0 &&
    (request.path === null || /\boauth2?\b/.test(request.path))
  );
}

/**
 * Whether a request identifies an operation by path or by name, rather than only a host or a method. A name that ends
 * in `Async` is probably a function in the caller's own code, because the SDK's errors omit that ending.
 */
export function isNamed(request: RequestSeen | null): request is RequestSeen {
  return (
    request !== null && (isApiPath(request.path) || request.names.some((name) => !name.endsWith("Async")))
  );
}

/** Whether two partly known requests can be the same, because no field of one contradicts the other. */
export function canBeSame(one: RequestSeen, other: RequestSeen): boolean {
  return (
    fitsNames(one, other) &&
    fitsNames(other, one) &&
    agree(one.path, other.path) &&
    agree(one.method, other.method) &&
    agree(one.host, other.host) &&
    agree(one.query, other.query)
  );
}

/**
 * Whether a path fits one of the names of a request that shows no path. A request with a path fits any. So does one
 * whose names are functions of the caller, such as `getData`.
 */
function fitsNames({ path, names }: RequestSeen, { path: other, method }: RequestSeen): boolean {
  if (path !== null || other === null || !isApiPath(other)) return true;
  const ofSdk = names.filter((name) => OF_SDK.test(name));
  return ofSdk.length === 0 || ofSdk.some((name) => fitsName(name, other, method));
}

/** Matches the name of an SDK method, in which the area of the API follows the method: `postRoutingQueues`. */
const OF_SDK = new RegExp(
  `^(?:get|post|put|patch|delete|head)_?(?:${OWN_AREAS}|users?|groups?|conversations?|flows|oauth|scim|stations?|locations?|integrations?|knowledge|notifications?|organizations?|tokens|voicemail|journey|learning|coaching|presence)`,
  "i",
);
/** Matches the method at the start of an SDK method's name. */
const METHOD_OF_NAME = /^(?:get|post|put|patch|delete|head)(?=[A-Z_])/i;
/** Matches a path segment that is a word of the path rather than the id of an object. */
const WORD = /^[a-z][a-z-]{2,}$/i;

/** Whether the name of an SDK method or command contains the words of a path, perhaps in the singular. */
function fitsName(name: string, path: string, method: string | null): boolean {
  const [named] = METHOD_OF_NAME.exec(name) ?? [];
  if (named !== undefined && method !== null && named.toUpperCase() !== method) return false;
  const letters = plainLetters(name);
  const words = path
    .replace(/^\/api\/v\d\//, "")
    .split("/")
    .filter((word) => WORD.test(word));
  return words.every((word) => letters.includes(plainLetters(word).replace(/(?:ies|es|s|y)$/, "")));
}

function plainLetters(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, "");
}

function agree(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}

/** Merges what two records show about one request. Fields of the first take precedence. */
export function mergeRequests(first: RequestSeen | null, second: RequestSeen | null): RequestSeen | null {
  if (first === null || second === null) return first ?? second;
  return {
    method: first.method ?? second.method,
    host: first.host ?? second.host,
    path: first.path ?? second.path,
    query: first.query ?? second.query,
    names: first.names.length > 0 ? first.names : second.names,
    authorization: first.authorization ?? second.authorization,
    contentType: first.contentType ?? second.contentType,
    bodyFields: first.bodyFields.length > 0 ? first.bodyFields : second.bodyFields,
    bodyFormat: first.bodyFormat ?? second.bodyFormat,
    grantType: first.grantType ?? second.grantType,
    topics: first.topics.length > 0 ? first.topics : second.topics,
    isRead: first.isRead || second.isRead,
    isServed: first.isServed || second.isServed,
    isLent: first.isLent,
  };
}

/** Whether a failure does not show which call failed. */
export function needsRequest({ outcome, request }: Sighting): boolean {
  return outcome === "failure" && !isNamed(request);
}

/** Whether a record shows a call without its response. */
export function isOpen({ outcome, request }: Sighting): boolean {
  return outcome === "unseen" && isNamed(request);
}
