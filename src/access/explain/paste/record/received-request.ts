import type { RequestSeen } from "../failure.ts";
import { isNamed } from "../sighting.ts";
import type { TextRecord } from "./cut-records.ts";
import { readLine } from "./line-marks.ts";
import { hasMark } from "./masked-text.ts";

/**
 * Matches the caller's address in a log line of a router or web server: `fwd="192.0.2.7"`,
 * `client_ip=192.0.2.7`.
 */
const CALLER =
  /(?<![\w.-])(?:fwd|forwarded_for|remote_addr|remote_ip|client_ip|clientip)=["']?[\da-f][\da-f.:]{2,44}/i;

/**
 * Matches a health check of the user's own program: `Readiness probe failed: HTTP probe failed with statuscode: 503`.
 */
const PROBE =
  /\b(?:[Rr]eadiness|[Ll]iveness|[Ss]tartup) probe (?:failed|errored)|\bHTTP probe failed with statuscode\b/;

/** Whether a line is about a request that the user's own program received rather than a call to the API. */
export function isReceivedRequest(words: string, request: RequestSeen | null): boolean {
  return !isNamed(request) && (CALLER.test(words) || PROBE.test(words));
}

/** Matches a line of an access log in the common format, which begins with the address of the caller. */
const ACCESS_LOG =
  /^\S{3,60} \S{1,40} \S{1,40} \[[^\]\n]{10,40}\] "(?:GET|POST|PUT|PATCH|DELETE|HEAD) \/[^\s"]{0,2000} HTTP\/[\d.]{1,4}" [1-5]\d\d\b/m;

/** Whether the text is from the access log of a server. */
export function isAccessLog(text: string): boolean {
  return ACCESS_LOG.test(text);
}

/**
 * Matches lines in which web servers and frameworks log a response to one of their own callers, with a path on
 * their own host.
 */
const SERVED: readonly RegExp[] = [
  // `"GET /queues HTTP/1.1" 500 -`, the common log format
  /"(?:GET|POST|PUT|PATCH|DELETE|HEAD) \/[^\s"]{0,2000} HTTP\/[\d.]{1,4}" [1-5]\d\d\b/,
  // `GET /queues 500 in 812ms`, `GET /queues 502 2012.3 ms - 45`
  /^\s{0,8}(?:GET|POST|PUT|PATCH|DELETE|HEAD) \/\S{0,2000} [1-5]\d\d (?:in )?[\d.]{1,12} ?m?s\b/,
  // `Completed 500 Internal Server Error in 812ms`
  /\bCompleted [1-5]\d\d [\w ]{2,40} in \d{1,9}ms\b/,
  // `[GIN] 2026/11/20 - 05:10:00 | 500 | 812.1ms | 127.0.0.1 | GET "/queues"`
  /\[GIN\][^|\n]{1,60}\|\s{0,4}[1-5]\d\d \|/,
  // `Request finished HTTP/1.1 GET http://localhost:5000/queues - 500`
  /\bRequest finished HTTP\/[\d.]{1,4} (?:GET|POST|PUT|PATCH|DELETE|HEAD) \S{1,2000} - [1-5]\d\d\b/,
];

/** Whether every status in a record is a response of a web server to its own callers. */
export function isServedResponse({ text, isExchange }: TextRecord): boolean {
  if (isExchange || hasMark(text) || /\/api\/v\d/.test(text)) return false;
  const answered = text.split("\n").filter((line) => readLine(line).statuses.length > 0);
  return answered.length > 0 && answered.every((line) => SERVED.some((pattern) => pattern.test(line)));
}
