import type { Dataset } from "../../analytics/datasets/dataset.ts";
import type { Interval } from "../../analytics/interval.ts";
import type { JsonRecord } from "../../core/json.ts";
import type { RecordingKind } from "../media/kind.ts";

/** The request as the user typed it. Only an identical request may continue an export. */
export type RequestIdentity = Readonly<Record<string, unknown>>;

/** The records that the user asked for. */
export interface ExportQuestion {
  readonly request: RequestIdentity;
  readonly dataset: Dataset;
  /** Fields of the query in addition to its interval: filters, metrics, groups. */
  readonly body: JsonRecord;
  /** Dimensions that aggregates are grouped by. */
  readonly groupBy: readonly string[];
  /** Requested interval; null for a dataset without time. */
  readonly interval: Interval | null;
  /** IANA time zone that determines the days of aggregates. */
  readonly timeZone: string;
  /** Whether to query the live index for the data that the data lake does not contain yet. */
  readonly hasFreshTail: boolean;
  /** Which recordings to export, and whether to include their files; null for a dataset without recordings. */
  readonly recordings: RecordingChoice | null;
}

/** The recordings that the user asked for. */
export interface RecordingChoice {
  /** Kinds of media; null for all. */
  readonly kinds: readonly RecordingKind[] | null;
  /** Whether to fetch the files or only list them. */
  readonly hasFiles: boolean;
}
