import type { JsonRecord } from "../../core/json.ts";

/** One page of an answer. */
export interface Page {
  /** 1 for the first of its request. */
  readonly number: number;
  readonly records: readonly unknown[];
  /** The whole body: cursors, totals, and what else the answer says. */
  readonly body: JsonRecord;
  /** How many records there are in all, where the answer says so; the platform may only estimate it. */
  readonly total: number | null;
  readonly correlationId: string | null;
}
