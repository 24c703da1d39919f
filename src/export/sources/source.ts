import type { Interval } from "../../analytics/interval.ts";
import type { JobControl } from "../../analytics/jobs/job-control.ts";
import type { JsonRecord } from "../../core/json.ts";
import type { ApiRequest } from "../../platform/api/api.ts";
import type { PageEnvelope } from "../page/page-scanner.ts";
import type { Part } from "../part/part.ts";

/** A page that was read, as passed to its source. */
export interface SeenPage {
  readonly envelope: PageEnvelope;
  readonly pageSize: number;
  /** Whether the page repeated records of earlier pages. */
  readonly wasRepeating: boolean;
  /** Whether every record of the page was in earlier pages; false for an empty page. */
  readonly bringsNothing?: boolean;
  /** Whether the platform no longer knows the object that the page's records belong to. */
  readonly isGone?: boolean;
}

/** Provides the pages of a dataset. It handles cursors and jobs, but no files. */
export interface Source {
  /** Name of the page field that contains the records. */
  readonly itemsKey: string;
  /** Text to add before and after a response to turn it into a page; null when it already is one. */
  readonly frame: readonly [before: string, after: string] | null;
  /** Page sizes in records: the one to start with, and the minimum to go down to when pages are too large. */
  readonly pageSizes: { readonly largest: number; readonly smallest: number };
  /** Objects that are read before the pages, because each page belongs to one of them; null when there are none. */
  readonly parents: PartParents | null;
  /** Job control; null when pages can be requested directly. */
  readonly jobs: PartJobs | null;
  /** Whether another process can continue from a cursor. */
  readonly isResumable: boolean;
  /**
   * Divides the interval of a part that exceeds a limit of the platform into at most this many pieces, always in the
   * same way. Returns null when the pieces together would not have the same records as the part.
   */
  divide(interval: Interval, count: number): readonly Interval[] | null;
  /** Returns the request for the page at `cursor`, or for the first page when it is null. */
  requestPage(part: Part, job: string | null, cursor: string | null, pageSize: number): ApiRequest;
  /** Returns the cursor after the page at `cursor`; null after the last page. */
  nextCursor(part: Part, cursor: string | null, page: SeenPage): string | null;
  /** Called for the last page. Returns whether no record moved to another page while the pages were read. */
  isSettled(part: Part, cursor: string | null, page: SeenPage): boolean;
}

/** The objects whose listings a source reads one by one. */
export interface PartParents {
  /** Source of the objects. */
  readonly source: Source;
  /** Forgets the objects, because they are about to be read again. */
  clear(): void;
  /** Adds an object that the source returned. @returns false for an object that was added before */
  add(part: Part, record: JsonRecord): boolean;
  /** Called after all objects were added. Returns whether there is any listing to read. */
  any(): boolean;
  /**
   * Returns JSON to insert at the start of each record of the page at `cursor`: fields of the object that the page
   * belongs to, each followed by a comma. Empty if there are none.
   */
  prefixAt(cursor: string | null): string;
  /** Returns whether a 404 for the page at `cursor` means that its object no longer exists. */
  mayBeGone(cursor: string | null): boolean;
}

/** Job control of a source. */
export interface PartJobs extends Pick<JobControl, "settle" | "remove"> {
  /** Submits the job of a part. @returns the job id */
  submit(part: Part, signal: AbortSignal): Promise<string>;
}
