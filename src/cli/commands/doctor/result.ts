import type { Check, CheckStatus } from "../../doctor/check.ts";
import type { EnvironmentVariable } from "../../doctor/environment.ts";

/** The JSON contract of `doctor`, and of the support bundle: the same document with private names taken out. */
export interface DoctorResult {
  readonly schema: "genscope/doctor/v1";
  /** RFC 3339. */
  readonly examinedAt: string;
  /** Of genscope. */
  readonly version: string;
  readonly machine: {
    readonly node: string;
    readonly platform: string;
    readonly architecture: string;
    /** Of the operating system. */
    readonly release: string;
  };
  readonly summary: Readonly<Record<CheckStatus, number>>;
  readonly checks: readonly Check[];
  /** Variables that matter and are set; values only where they are harmless. */
  readonly environment: readonly EnvironmentVariable[];
  /** The support bundle that was written; null when none was. */
  readonly bundle: string | null;
}
