import { type Failure, isApiPath, type RequestSeen } from "./failure.ts";

/** What one record of a paste shows: a request, its outcome, or both. A record has at most one request. */
export interface Sighting {
  readonly request: RequestSeen | null;
  readonly outcome: "unseen" | "success" | "failure";
  /**
   * Failures of the request; several when a bulk response nests them, empty unless the outcome is `failure`.
   */
  readonly failures: readonly Failure[];
  /** Words that identify the records of one thread or request, such as `req-77`. */
  readonly tags: readonly string[];
}

/** A request whose outcome the record does not show. */
export function unanswered(request: RequestSeen, tags: readonly string[] = []): Sighting {
  return { request, outcome: "unseen", failures: [], tags };
}

/** A request that succeeded; null when only its outcome is known. */
export function succeeded(request: RequestSeen | null, tags: readonly string[] = []): Sighting {
  return { request, outcome: "success", failures: [], tags };
}

/**
 * The failures of one record, which share its request. A response from the token endpoint belongs only to a
 * login request.
 */
export function failed(given: readonly Failure[], tags: readonly string[] = []): Sighting {
  const failures = given.map((failure): Failure => {
    if (failure.form !== "token-endpoint" || isLogin(failure.request)) return failure;
    return isRefusedCall(failure) ? { ...failure, form: "api" } : { ...failure, request: null };
  });
  return { request: failures[0]?.request ?? null, outcome: "failure", failures, tags };
}

/** Whether an OAuth-style response refuses an API call; a declined login has no status. */
function isRefusedCall({ status, code }: Failure): boolean {
  return (status === 401 || status === 403) && code === "access_denied";
}

/** Whether a request can be for the token endpoint or the login page. */
export function isLogin(request: RequestSeen | null): boolean {
  return (
    request !== null &&
    request.names.length === 0 &&
    (request.path === null || /\boauth2?\b/.test(request.path))
  );
}

/** Whether a request identifies an operation by path or by name, not just a host or a method. */
export function isNamed(request: RequestSeen | null): request is RequestSeen {
  return request !== null && (isApiPath(request.path) || request.names.length > 0);
}

/** Whether two sightings can be of one request, because neither contradicts the other. */
export function canBeSame(one: RequestSeen, other: RequestSeen): boolean {
  return (
    agree(one.path, other.path) &&
    agree(one.method, other.method) &&
    agree(one.host, other.host) &&
    agree(one.query, other.query)
  );
}

function agree(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}

/** Joins what two sightings show about one request; the first takes precedence. */
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
  };
}
