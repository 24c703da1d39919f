import type { QuestionFlags } from "../../flags/question-flags.ts";
import type { TargetFlags } from "./target.ts";

/** The raw flags of `export`. */
export interface ExportFlags extends QuestionFlags, TargetFlags {
  readonly resume?: true | undefined;
  readonly incremental?: true | undefined;
  readonly replace?: true | undefined;
  readonly lookBack?: string | undefined;
  readonly freshTail?: true | undefined;
  readonly shard?: string | undefined;
  readonly concurrency?: number | undefined;
  readonly maxWait?: number | undefined;
  readonly media?: readonly string[] | undefined;
  readonly what?: "index" | "files" | undefined;
  readonly onForbidden?: "skip" | "fail" | undefined;
  readonly formulaGuard?: boolean | undefined;
  readonly metrics?: string | undefined;
  readonly check?: true | undefined;
  readonly json?: boolean | undefined;
}
