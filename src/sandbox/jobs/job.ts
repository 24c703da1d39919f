import type { JsonRecord } from "../../core/json.ts";
import type { SearchInterval } from "../conversations/search/interval.ts";

export type JobState = "QUEUED" | "PENDING" | "FAILED" | "CANCELLED" | "FULFILLED" | "EXPIRED";

/** Statuses that a service may return for an unknown job. */
export const LOST_STATUSES = [400, 403, 404, 410] as const;

export type LostStatus = (typeof LOST_STATUSES)[number];

/** The rows of a job, each generated on demand. */
export interface Rows {
  readonly count: number;
  textAt(place: number): string;
}

/** The faults that are prepared for a future job. */
export interface JobTrouble {
  /** Number of polls before the job finishes. */
  readonly pendingPolls?: number | undefined;
  /** Final state of a job that produces no results. */
  readonly outcome?: "FAILED" | "CANCELLED" | undefined;
  /** Number of result pages after which the job is EXPIRED. */
  readonly expireAfterPages?: number | undefined;
  /** Number of times that a cursor may be used. */
  readonly cursorUses?: number | undefined;
  /** Number of result pages after which the service reports the job as unknown. */
  readonly lostAfterPages?: number | undefined;
  /** Status of the responses for a lost job; 404 when absent. */
  readonly lostStatus?: LostStatus | undefined;
  /** Requests that fail for a lost job: those for its state or those for its results; both when absent. */
  readonly lostFor?: "state" | "results" | undefined;
  /** Number of pages after which a cursor expires. */
  readonly cursorPages?: number | undefined;
}

/**
 * An asynchronous query. Its rows are those that exist when it is submitted. They are generated lazily and not stored.
 */
export interface Job {
  readonly id: string;
  /** Path to which the job was submitted. */
  readonly path: string;
  /** Field of the response that contains the rows. */
  readonly rowsKey: string;
  /** Subject that submitted the job. The job is hidden from every other caller. */
  readonly ownerId: string;
  readonly interval: SearchInterval;
  readonly body: JsonRecord;
  readonly submittedAtMs: number;
  readonly expiresAtMs: number;
  /** Watermark when the job was submitted. Rows contain no later data. */
  readonly watermarkMs: number;
  /** Fields of the response in addition to the rows and the cursor. */
  readonly besides: Readonly<Record<string, unknown>>;
  /** Page size, if the request that submitted the job set it. */
  readonly pageSize: number | null;
  readonly trouble: JobTrouble;
  readonly rows: () => Rows;
  /** Number of polls so far. */
  polls: number;
  /** Number of result pages returned. */
  pages: number;
  /** Number of uses of each cursor. */
  readonly cursorUses: Map<string, number>;
  isDeleted: boolean;
}

/** Returns the job's state after the polls so far. */
export function stateOf(job: Job, nowMs: number): JobState {
  const { outcome, pendingPolls = 0, expireAfterPages } = job.trouble;
  if (nowMs >= job.expiresAtMs) return "EXPIRED";
  if (pendingPolls > 0 && job.polls <= pendingPolls) return job.polls <= 1 ? "QUEUED" : "PENDING";
  if (outcome !== undefined) return outcome;
  return expireAfterPages !== undefined && job.pages >= expireAfterPages ? "EXPIRED" : "FULFILLED";
}
