import type { RequestSeen } from "./failure.ts";

const MOST_REQUESTS = 200;

/** Whether two requests can be the same call, even if one shows fewer details. */
export function isSameRequest(one: RequestSeen | null, other: RequestSeen): boolean {
  return (
    one !== null &&
    one.path === other.path &&
    (one.method === other.method || other.method === null) &&
    (one.host === other.host || other.host === null || one.host === null)
  );
}

/**
 * Keeps the first occurrence of each request. Records come before prose, because a command line contains more than a
 * URL in a sentence.
 */
export function uniqueRequests(requests: readonly RequestSeen[]): readonly RequestSeen[] {
  const kept: RequestSeen[] = [];
  for (const request of requests) {
    if (kept.length >= MOST_REQUESTS) break;
    // A browser sends a preflight request before a call to another origin; the call itself follows.
    if (request.method === "OPTIONS") continue;
    if (!kept.some((earlier) => isSameRequest(earlier, request))) kept.push(request);
  }
  return kept;
}

/** Whether a path has the form of a template such as `/users/{userId}`. */
export function fitsTemplate(template: string, path: string): boolean {
  const segments = path.split("/");
  const expected = template.split("/");
  return (
    path !== template &&
    segments.length === expected.length &&
    expected.every((segment, index) => segment.startsWith("{") || segment === segments[index])
  );
}
