import type { JsonRecord } from "../../core/json.ts";
import type { SearchInterval } from "../conversations/search/interval.ts";

export type JobState = "QUEUED" | "PENDING" | "FAILED" | "CANCELLED" | "FULFILLED" | "EXPIRED";

/** Statuses with which a service may report an unknown job. */
export const LOST_STATUSES = [400, 403, 404, 410] as const;

export type LostStatus = (typeof LOST_STATUSES)[number];

/** The rows of a job, each generated on demand. */
export interface Rows {
  readonly count: number;
  textAt(place: number): string;
}

/** The prepared faults of a future job. */
export interface JobTrouble {
  /** Number of polls before it finishes. */
  readonly pendingPolls?: number | undefined;
  /** Final state instead of results. */
  readonly outcome?: "FAILED" | "CANCELLED" | undefined;
  /** Number of result pages after which it is EXPIRED. */
  readonly expireAfterPages?: number | undefined;
  /** Number of times that a cursor may be used. */
  readonly cursorUses?: number | undefined;
  /** Number of result pages after which the service reports the job as unknown. */
  readonly lostAfterPages?: number | undefined;
  /** Status of the responses from then on; 404 when absent. */
  readonly lostStatus?: LostStatus | undefined;
  /** Requests that get this response: for the state, for results, or both when absent. */
  readonly lostFor?: "state" | "results" | undefined;
  /** Number of later pages that a cursor survives. */
  readonly cursorPages?: number | undefined;
}

/** An asynchronous query. Its rows are those at the time of submission, and are not stored. */
export interface Job {
  readonly id: string;
  /** Path of the submission. */
  readonly path: string;
  /** Field of the response with the rows. */
  readonly rowsKey: string;
  /** Subject that submitted the job; the sandbox hides it from every other caller. */
  readonly ownerId: string;
  readonly interval: SearchInterval;
  readonly body: JsonRecord;
  readonly submittedAtMs: number;
  readonly expiresAtMs: number;
  /** Watermark at submission: rows contain no later data. */
  readonly watermarkMs: number;
  /** Fields of the response in addition to the rows and the cursor. */
  readonly besides: Readonly<Record<string, unknown>>;
  /** Page size, if the submission sets it. */
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

/** State of the job at poll number `polls`. */
export function stateOf(job: Job, nowMs: number): JobState {
  const { outcome, pendingPolls = 0, expireAfterPages } = job.trouble;
  if (nowMs >= job.expiresAtMs) return "EXPIRED";
  if (pendingPolls > 0 && job.polls <= pendingPolls) return job.polls <= 1 ? "QUEUED" : "PENDING";
  if (outcome !== undefined) return outcome;
  return expireAfterPages !== undefined && job.pages >= expireAfterPages ? "EXPIRED" : "FULFILLED";
}
