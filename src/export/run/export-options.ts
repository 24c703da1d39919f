import type { Dataset } from "../../analytics/datasets/dataset.ts";
import type { Interval } from "../../analytics/interval.ts";
import type { Flattener } from "../../analytics/table.ts";
import type { Clock } from "../../core/clock.ts";
import type { JsonRecord } from "../../core/json.ts";
import type { Processes } from "../../core/processes.ts";
import type { Random } from "../../core/random.ts";
import type { Wait } from "../../http/wait.ts";
import type { Api } from "../../platform/api.ts";
import type { ApiError } from "../../platform/api-error.ts";
import type { Destination, Shard } from "../destination/destination.ts";
import type { ExportState } from "../state/export-state.ts";
import type { Manifest } from "../state/manifest.ts";
import type { Compression } from "../writers/compression.ts";
import type { Format } from "../writers/formats.ts";
import type { Mode } from "./begin-run.ts";

/** An export, all of it. */
export interface ExportOptions {
  readonly api: Api;
  readonly clock: Clock;
  readonly random: Random;
  readonly processes: Processes;
  readonly signal: AbortSignal;
  readonly dataset: Dataset;
  /** What a query says besides its interval: filters, metrics, groups. */
  readonly body: JsonRecord;
  readonly interval: Interval | null;
  readonly timeZone: string;
  readonly mode: Mode;
  readonly request: ExportState["request"];
  readonly destination: Destination;
  readonly format: Format;
  readonly compression: Compression;
  readonly guardFormulas: boolean;
  /** Null for records as they are. */
  readonly flattener: Flattener | null;
  readonly shard: Shard | null;
  readonly concurrency: number;
  readonly maxWaitMs: number;
  readonly hasFreshTail: boolean;
  /** How far before the end of the last run days are fetched again: records change after they were first seen. */
  readonly lookBackMs: number;
  /** Whether one refused part ends the export. */
  readonly failsOnForbidden: boolean;
  /** Takes the bytes of an export to stdout. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly listener: ExportListener;
}

/** Who is told how it goes. */
export interface ExportListener {
  planned(parts: { readonly total: number; readonly done: number; readonly records: number }): void;
  /** A part is begun, or gone on with: `records` of it are there already. */
  begun(part: { readonly part: string; readonly records: number }): void;
  /** The service has not finished a job yet; `records` as for `begun`. */
  polled(job: { readonly part: string; readonly state: string; readonly records: number }): void;
  /** `soFar` are the records of the part with this page, `kept` those that an interruption would leave of it. */
  page(page: {
    readonly part: string;
    readonly records: number;
    readonly bytes: number;
    readonly soFar: number;
    readonly kept: number;
  }): void;
  /** What was fetched of a part is of no use any more: it is fetched again from its start. */
  restarted(part: { readonly part: string; readonly reason: string }): void;
  finished(part: { readonly part: string; readonly records: number }): void;
  refused(part: { readonly part: string; readonly code: string; readonly message: string }): void;
  /** A finished part is fetched again, because a file of it is not what was written. */
  changed(part: { readonly part: string; readonly path: string }): void;
  waiting(wait: Wait): void;
}

export interface ExportResult {
  readonly manifest: Manifest;
  readonly manifestPath: string;
  /** The first refusal by the service, to be diagnosed. */
  readonly refusal: ApiError | null;
  /** Whether there was nothing left to do. */
  readonly wasDone: boolean;
}
