import type { ErrorCode } from "./error-codes.ts";
import type { ExitName } from "./exit-codes.ts";

export interface AppErrorOptions {
  /** The next step, preferably a command to paste. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  /** The service's id of the failed request (`contextId`, `ININ-Correlation-Id`). */
  readonly correlationId?: string | undefined;
}

/**
 * A failure that the user, the service or the network caused, with a message for a person. Anything thrown
 * that is not an AppError is a fault of genscope and ends with exit code 70.
 */
export abstract class AppError extends Error {
  /** Exit code of the process when no caller handles this error. */
  abstract readonly exit: ExitName;
  /** Stable, dotted code; part of the JSON contract, unlike the message. */
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly correlationId: string | null;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint ?? null;
    this.correlationId = options.correlationId ?? null;
  }
}

/** Bad flag, unknown operation, malformed input: nothing was sent. */
export class UsageError extends AppError {
  override readonly exit = "usage";
}

/** No credential, or one that the service does not accept. */
export class AuthError extends AppError {
  override readonly exit = "auth";
}

/** The credential store can't be used: locked, absent, damaged, too open. */
export class StoreError extends AppError {
  override readonly exit = "store";
}

/** No response from the service: DNS, TLS, proxy, timeout, a connection that broke. */
export class NetworkError extends AppError {
  override readonly exit = "network";
}

/** The service throttled or failed (5xx) for longer than the caller may wait. */
export class UnavailableError extends AppError {
  override readonly exit = "limited";
}

/** A result could not be written: the file exists, the disk is full, no permission. */
export class OutputError extends AppError {
  override readonly exit = "error";
}

/**
 * An export stopped before its end. Running the same command again can complete it; finished parts are kept.
 */
export class IncompleteError extends AppError {
  override readonly exit = "incomplete";
}

/** The user or a scheduler interrupted the run. */
export class InterruptedError extends AppError {
  override readonly exit = "interrupted";
}

/** Hint for a damaged installation. It names no package, because none is published yet. */
export const REINSTALL = 'install genscope again, as its README says under "Install"';
