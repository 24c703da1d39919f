import type { ApiError } from "../../platform/api/api-error.ts";
import type { Manifest } from "../manifest/manifest.ts";

/** The outcome of an export that ran to the end, whether it is complete or not. */
export interface ExportResult {
  readonly manifest: Manifest;
  readonly manifestPath: string;
  /** The server's first refusal of each kind, to be diagnosed. */
  readonly refusals: readonly ApiError[];
  /** Whether an earlier run had already completed the export. */
  readonly wasDone: boolean;
}
