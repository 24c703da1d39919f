import type { JsonRecord } from "../../core/json.ts";
import type { Interval } from "../conversations/interval.ts";

export type JobState = "QUEUED" | "PENDING" | "FAILED" | "CANCELLED" | "FULFILLED" | "EXPIRED";

/** The rows of a job, each made when it is asked for. */
export interface Rows {
  readonly count: number;
  textAt(place: number): string;
}

/** What an administrator made up for a job to come. */
export interface JobTrouble {
  /** How many polls say that it is still going on. */
  readonly pendingPolls?: number | undefined;
  /** How it ends instead of with results. */
  readonly outcome?: "FAILED" | "CANCELLED" | undefined;
  /** It is EXPIRED after so many pages of results. */
  readonly expireAfterPages?: number | undefined;
  /** How often one cursor may be used. */
  readonly cursorUses?: number | undefined;
  /** How many further pages a cursor outlives. */
  readonly cursorPages?: number | undefined;
}

/** An asynchronous query. Its rows are those of the moment it was submitted, and are not stored. */
export interface Job {
  readonly id: string;
  /** The path that it was submitted to. */
  readonly path: string;
  /** What the answer calls the rows. */
  readonly rowsKey: string;
  readonly interval: Interval;
  readonly body: JsonRecord;
  readonly submittedAtMs: number;
  readonly expiresAtMs: number;
  /** The lake's watermark of that moment: nothing later is among the rows. */
  readonly watermarkMs: number;
  /** What the answer says next to the rows and the cursor. */
  readonly besides: Readonly<Record<string, unknown>>;
  /** Page size where the submission, rather than the reading, says it. */
  readonly pageSize: number | null;
  readonly trouble: JobTrouble;
  readonly rows: () => Rows;
  /** Asked for its state so often. */
  polls: number;
  /** Pages of results given. */
  pages: number;
  /** How often each cursor was used. */
  readonly cursorUses: Map<string, number>;
  isDeleted: boolean;
}

/** How the job stands; the answer to poll number `polls`. */
export function stateOf(job: Job, nowMs: number): JobState {
  const { outcome, pendingPolls = 0, expireAfterPages } = job.trouble;
  if (nowMs >= job.expiresAtMs) return "EXPIRED";
  if (pendingPolls > 0 && job.polls <= pendingPolls) return job.polls <= 1 ? "QUEUED" : "PENDING";
  if (outcome !== undefined) return outcome;
  return expireAfterPages !== undefined && job.pages >= expireAfterPages ? "EXPIRED" : "FULFILLED";
}
