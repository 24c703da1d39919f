import { type ExitCode, exitCodeOf } from "../../../core/exit-codes.ts";
import type { Random } from "../../../core/random.ts";
import { refuseExisting, writeBundle } from "../../doctor/bundle.ts";
import type { Check, CheckStatus } from "../../doctor/check.ts";
import { listEnvironment } from "../../doctor/environment.ts";
import { examine } from "../../doctor/examine.ts";
import type { DoctorPorts } from "../../doctor/ports.ts";
import { redact } from "../../doctor/redaction.ts";
import type { DoctorResult } from "./result.ts";

export interface DoctorOptions {
  /** The path of the support bundle. */
  readonly bundle?: string | undefined;
  /** Whether the bundle may replace an existing file. */
  readonly force?: boolean | undefined;
}

export interface DoctorDependencies {
  readonly ports: DoctorPorts;
  readonly random: Random;
  /** Wrapper for slow work. */
  readonly wait: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/**
 * Checks the environment, and writes the support bundle on request. No token is needed, requested or sent.
 * @returns the findings, and the exit code of the commands that a failed check affects; a warning is not a
 * failure
 * @throws OutputError when the bundle can't be written, InterruptedError
 */
export async function doctor(
  { ports, random, wait }: DoctorDependencies,
  { bundle, force = false }: DoctorOptions,
): Promise<{ readonly result: DoctorResult; readonly exitCode: ExitCode }> {
  if (bundle !== undefined && !force) await refuseExisting(bundle);
  const { checks, exits } = await examine(ports, wait);
  const { version, node, platform, architecture, release } = ports.machine;
  const result: DoctorResult = {
    schema: "genscope/doctor/v1",
    examinedAt: new Date(ports.clock.now()).toISOString(),
    version,
    machine: { node, platform, architecture, release },
    summary: {
      ok: countOf(checks, "ok"),
      warning: countOf(checks, "warning"),
      failed: countOf(checks, "failed"),
      skipped: countOf(checks, "skipped"),
    },
    checks,
    environment: listEnvironment(ports.env),
    bundle: bundle ?? null,
  };
  if (bundle !== undefined) {
    // Checks again, because the file may have been created in the meantime.
    if (!force) await refuseExisting(bundle);
    await writeBundle(bundle, redact(result, ports), random);
  }
  return { result, exitCode: exitCodeOf(exits) };
}

function countOf(checks: readonly Check[], status: CheckStatus): number {
  return checks.filter((check) => check.status === status).length;
}
