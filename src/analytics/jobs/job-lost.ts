import { ApiError } from "../../platform/api/api-error.ts";

/** A job that the platform abandoned or no longer has. Only a new job returns its results. */
export class JobLost extends Error {
  /** State such as `FAILED`, `CANCELLED`, `EXPIRED` or `unknown`. */
  readonly state: string;

  constructor(state: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.state = state;
  }
}

/** Facts about a failed request for a job. */
export interface LossContext {
  /** Whether the request named a cursor. */
  readonly hasCursor: boolean;
  /** Whether an earlier process submitted the job, perhaps with another token. */
  readonly isInherited: boolean;
}

/**
 * Codes for a page that is too large. They do not mean that the job is lost, because a smaller page may be
 * accepted.
 */
const TOO_LARGE = new Set(["response.entity.too.large", "request.entity.too.large", "payload.too.large"]);

/**
 * Returns why an error means that the job, or the cursor into its results, is lost; null for any other error.
 */
export function lossOf(error: unknown, { hasCursor, isInherited }: LossContext): string | null {
  if (error instanceof JobLost) {
    return error.state === "unknown" ? error.message : `the job is lost (${error.state}: ${error.message})`;
  }
  if (!(error instanceof ApiError)) return null;
  switch (error.status) {
    case 404:
    case 410:
      return `the service no longer knows the job (${error.status})`;
    case 403:
      // Submitting a new job shows whether this token may read at all.
      return isInherited ? "the job belongs to another token (403)" : null;
    case 400:
      return hasCursor && !TOO_LARGE.has(error.apiCode ?? "")
        ? "the service no longer accepts the cursor (400)"
        : null;
    default:
      return null;
  }
}
