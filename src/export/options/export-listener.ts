import type { Wait } from "../../http/transport/wait.ts";

/** Callbacks that report the progress of an export. */
export interface ExportListener {
  /**
   * Called while another export may own the destination. That export is presumed dead after `remainingMs` without a
   * heartbeat.
   */
  watching(other: { readonly remainingMs: number }): void;
  planned(parts: { readonly total: number; readonly done: number; readonly records: number }): void;
  /** Called when a part starts or resumes; `records` is the number that earlier runs have committed. */
  begun(part: { readonly part: string; readonly records: number }): void;
  /** Called when the server reports that a job is still running; `records` has the same meaning as for `begun`. */
  polled(job: { readonly part: string; readonly state: string; readonly records: number }): void;
  /**
   * Called for each page. `soFar` counts the part's records including this page; `kept` counts those that survive an
   * interruption.
   */
  page(page: {
    readonly part: string;
    readonly records: number;
    readonly bytes: number;
    readonly soFar: number;
    readonly kept: number;
  }): void;
  /** Called when the file of a recording has its final name. */
  file(file: { readonly part: string; readonly bytes: number }): void;
  /** Called when the records fetched for a part are discarded and the part starts over. */
  restarted(part: { readonly part: string; readonly reason: string }): void;
  finished(part: { readonly part: string; readonly records: number }): void;
  refused(part: { readonly part: string; readonly code: string; readonly message: string }): void;
  /** Called when a finished part is fetched again because one of its files was changed. */
  changed(part: { readonly part: string; readonly path: string }): void;
  waiting(wait: Wait): void;
}
