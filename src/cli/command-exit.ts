import type { ExitCode } from "../core/exit-codes.ts";

/**
 * Ends a command that has shown its result with an exit code other than 0, for a verdict that is not a failure.
 */
export class CommandExit extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}
