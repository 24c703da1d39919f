import type { ExitCode } from "../core/exit-codes.ts";

/** A command that has shown its result and ends with another code than 0: verdicts, not failures. */
export class Outcome extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}
