import type { StatusCount, UnmatchedCalls } from "../../../access/record/count-calls.ts";
import type { VerdictName } from "../../../access/verdict/verdict.ts";
import type { CheckScopesResult, EmitKind, Emitted } from "../check-scopes/result.ts";

/** Kinds of `--emit`: those of `check-scopes`, or a policy file. */
export type RecordEmitKind = EmitKind | "policy";

/** The JSON contract of `record`. */
export interface RecordResult {
  readonly schema: "genscope/record/v1";
  /** The recordings that were read, with `--from`. */
  readonly files: readonly string[];
  /** The name of the program that was run, without its path, and its exit code; null with `--from`. */
  readonly program: { readonly name: string; readonly exitCode: number } | null;
  /** Number of calls to the platform's API. */
  readonly calls: number;
  /** Number of calls to other hosts and paths. */
  readonly ignored: number;
  /** The operations in the order of the results of `check`. */
  readonly operations: readonly RecordedOperation[];
  readonly unmatched: readonly UnmatchedCalls[];
  /** Number of calls to paths that are neither in the catalog nor listed in `unmatched`. */
  readonly unlisted: number;
  /** The document of `check-scopes` for these operations, without verdicts when no token was used. */
  readonly check: CheckScopesResult;
  /** The least privilege or the policy as a file, with `--emit`; otherwise null. */
  readonly emitted: (Omit<Emitted, "kind"> & { readonly kind: RecordEmitKind }) | null;
}

/** An operation with the calls that were recorded. */
export interface RecordedOperation {
  readonly operation: { readonly method: string; readonly path: string; readonly operationId: string };
  readonly calls: number;
  readonly statuses: readonly StatusCount[];
  /** Verdict on the operation; null without a token. */
  readonly verdict: VerdictName | null;
}
