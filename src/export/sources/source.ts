import type { JobControl } from "../../analytics/jobs/job-control.ts";
import type { ApiRequest } from "../../platform/api.ts";
import type { Envelope } from "../page/page-scanner.ts";
import type { Part } from "../part/part.ts";

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
  readonly jobs: PartJobs | null;
  /** Whether a cursor is still good for another process. */
  readonly isResumable: boolean;
  /** The request for the page at `cursor`, null for the first. */
  requestPage(part: Part, job: string | null, cursor: string | null, pageSize: number): ApiRequest;
  /** Where the page after the one at `cursor` is; null after the last. */
  nextCursor(part: Part, cursor: string | null, page: SeenPage): string | null;
  /** Whether everything was seen while nothing moved, judged at the last page. */
  isSettled(part: Part, cursor: string | null, page: SeenPage): boolean;
}

/** The jobs of a source. */
export interface PartJobs extends Pick<JobControl, "settle" | "remove"> {
  /** Submits the job of a part. @returns its id */
  submit(part: Part, signal: AbortSignal): Promise<string>;
}
