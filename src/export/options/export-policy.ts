/**
 * Whether to start an export, resume an interrupted one, add new data since the last run, or fetch everything
 * again and replace an earlier run of the same request.
 */
export type ExportMode = "fresh" | "resume" | "incremental" | "replace";

/** Settings for how to run the export. */
export interface ExportPolicy {
  readonly mode: ExportMode;
  /** Number of parts to fetch in parallel. */
  readonly concurrency: number;
  /** Number of threads that encode tables and compressed records. */
  readonly encoderThreads: number;
  /** Maximum total time for one page, including retries, in milliseconds. */
  readonly maxWaitMs: number;
  /**
   * Days that are at most this much older than the end of the last run are fetched again, because their records may
   * have changed.
   */
  readonly lookBackMs: number;
  /** Whether a single refused part ends the export. */
  readonly failsOnForbidden: boolean;
}
