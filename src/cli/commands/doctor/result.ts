import type { Check, CheckStatus } from "../../doctor/check.ts";
import type { EnvironmentVariable } from "../../doctor/environment.ts";

/**
 * The JSON contract of `doctor` and of the support bundle, which is the same document without private names.
 */
export interface DoctorResult {
  readonly schema: "genscope/doctor/v1";
  /** Time of the report, RFC 3339. */
  readonly examinedAt: string;
  /** Version of genscope. */
  readonly version: string;
  readonly machine: {
    readonly node: string;
    readonly platform: string;
    readonly architecture: string;
    /** Release of the operating system. */
    readonly release: string;
  };
  readonly summary: Readonly<Record<CheckStatus, number>>;
  readonly checks: readonly Check[];
  /** Relevant variables that are set. Only harmless values are included. */
  readonly environment: readonly EnvironmentVariable[];
  /** The support bundle that was written; null without `--bundle`. */
  readonly bundle: string | null;
}
