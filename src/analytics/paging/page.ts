import type { JsonRecord } from "../../core/json.ts";

export interface Page {
  /** Page number of the request, counted from 1. */
  readonly number: number;
  readonly records: readonly unknown[];
  /** The whole body: cursors, totals, and other fields. */
  readonly body: JsonRecord;
  /** Total number of records, if the response contains it; it may be an estimate. */
  readonly total: number | null;
  readonly correlationId: string | null;
}
