import { AppError } from "../core/errors.ts";

/** The facts about a failure, for messages, JSON documents and reports. */
export interface ErrorFacts {
  /** Class of the failure, such as `AuthError`. */
  readonly name: string;
  /** Stable, dotted code. */
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly correlationId: string | null;
}

/** Returns the facts of anything that was thrown. Anything but an AppError is a bug in genscope. */
export function factsOfError(error: unknown): ErrorFacts {
  if (error instanceof AppError) {
    const { name, code, message, hint, correlationId } = error;
    return { name, code, message, hint, correlationId };
  }
  return {
    name: "BugError",
    code: "bug",
    message: `internal fault: ${error instanceof Error ? error.message : String(error)}`,
    hint: "report this bug in genscope; `--verbose` shows its location",
    correlationId: null,
  };
}
