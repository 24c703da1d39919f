import type { Estimate } from "../../../../export/estimate/estimate-export.ts";
import type { UnavailableEnd } from "../../../../export/plan/plan.ts";
import type { CheckScopesResult } from "../../check-scopes/result.ts";

/** The JSON contract of `export --check`. */
export interface ExportCheckDocument extends Estimate {
  readonly schema: "genscope/export-check/v1";
  readonly dataset: string;
  /** The directory or file; null for standard output. */
  readonly out: string | null;
  /** Requested interval in UTC; null for a listing. */
  readonly interval: string | null;
  /** The part of the interval that is available; null for a listing, or when it could not be read. */
  readonly available: string | null;
  readonly watermark: string | null;
  readonly unavailable: UnavailableEnd["code"] | null;
  readonly parts: number | null;
  /** Free space at the destination, in bytes; null for standard output. */
  readonly freeBytes: number | null;
  /** Whether the records and their conversion fit; null when their size is not known. */
  readonly hasRoom: boolean | null;
  /** Verdicts on every operation that the export uses. */
  readonly access: CheckScopesResult;
}
