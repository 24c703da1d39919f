import type { ExitCode } from "../core/exit-codes.ts";

/**
 * Thrown to end a command with an exit code other than 0 after it has shown its result. No error is shown, because a
 * verdict is not a failure.
 */
export class CommandExit extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}
