import { plural } from "../../core/text.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import { JobLost } from "../jobs/job-lost.ts";

/** A limit of the platform that a request exceeds; a smaller request may be accepted. */
export interface ExceededLimit {
  /** The length of the interval, the number of results, the size of the response, or the time that it takes. */
  readonly kind: "length" | "results" | "bytes" | "time";
  /** The maximum interval in days, if the refusal names it. */
  readonly days: number | null;
  /** Description of the limit, for a message. */
  readonly summary: string;
}

const LENGTH = /\binterval\b.{0,200}?\bexceed\D{0,40}?(\d{1,4})\s*days?\b/is;
const TOO_LONG = /\binterval\b.{0,80}?\b(?:too (?:long|large)|exceeds?)\b/is;
const RESULTS = /\b(?:may|must|can) ?not exceed (\d{1,9}) results\b/i;
/** Status codes of a service that gave up on the request. An outage returns the same codes. */
const TIMED_OUT = new Set([408, 504]);
const TOO_LARGE = new Set(["response.entity.too.large"]);

/**
 * Returns the limit that a refused request exceeds; null for any other failure. A response that is too large counts
 * as a limit too, so a caller that can request smaller pages tries those first.
 */
export function exceededLimit(error: unknown): ExceededLimit | null {
  if (error instanceof JobLost) return error.state === "FAILED" ? limitIn(error.message) : null;
  if (!(error instanceof ApiError)) return null;
  if (error.status === 413 || TOO_LARGE.has(error.apiCode ?? "")) {
    return { kind: "bytes", days: null, summary: "the response is too large" };
  }
  if (TIMED_OUT.has(error.status)) {
    return { kind: "time", days: null, summary: "the service takes too long to respond" };
  }
  return error.status === 400 ? limitIn(error.refusal?.message ?? "") : null;
}

function limitIn(message: string): ExceededLimit | null {
  const [, results] = RESULTS.exec(message) ?? [];
  if (results !== undefined) {
    return { kind: "results", days: null, summary: `there are more than ${results} results` };
  }
  const [, days] = LENGTH.exec(message) ?? [];
  if (days !== undefined) {
    return {
      kind: "length",
      days: Number(days),
      summary: `the interval is longer than ${plural(Number(days), "day")}`,
    };
  }
  return TOO_LONG.test(message) ? { kind: "length", days: null, summary: "the interval is too long" } : null;
}
