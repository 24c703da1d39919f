import type { ApiRequest } from "../platform/api.ts";
import type { Envelope } from "./page-scanner.ts";
import type { Part } from "./part.ts";

/** What a source is told of a page that was read. */
export interface SeenPage {
  readonly envelope: Envelope;
  readonly pageSize: number;
  /** Whether it held records that earlier pages had. */
  readonly wasRepeating: boolean;
}

/** Where pages come from: it knows cursors and jobs, and nothing of files. */
export interface Source {
  /** The field of a page that holds its records. */
  readonly itemsKey: string;
  /** Records a page may have: what is asked for first, and what one goes down to when pages are too heavy. */
  readonly pageSizes: { readonly largest: number; readonly smallest: number };
  /** Null where pages can be asked for at once. */
  readonly jobs: JobControl | null;
  /** Whether a cursor is still good for another process. */
  readonly isResumable: boolean;
  /** The request for the page at `cursor`, null for the first. */
  requestPage(part: Part, job: string | null, cursor: string | null, pageSize: number): ApiRequest;
  /** Where the page after the one at `cursor` is; null after the last. */
  nextCursor(part: Part, cursor: string | null, page: SeenPage): string | null;
  /** Whether everything was seen while nothing moved, judged at the last page. */
  isSettled(part: Part, cursor: string | null, page: SeenPage): boolean;
}

/** An asynchronous query of the platform: submitted, waited for, read, deleted. */
export interface JobControl {
  /** @returns the job's id */
  submit(part: Part, signal: AbortSignal): Promise<string>;
  /**
   * Returns when the job's pages can be read.
   * @throws JobLost when they never will be
   */
  settle(job: string, signal: AbortSignal): Promise<void>;
  /** Deletes the job at the service; one that is gone already is as good. @throws ApiError, NetworkError */
  remove(job: string, signal: AbortSignal): Promise<void>;
}

/** The platform gave a job up, or does not know it any more. */
export class JobLost extends Error {
  /** `FAILED`, `CANCELLED`, `EXPIRED`, `unknown`. */
  readonly state: string;

  constructor(state: string, message: string) {
    super(message);
    this.state = state;
  }
}
