import type { ErrorCode } from "./error-codes.ts";
import type { ExitName } from "./exit-codes.ts";

export interface AppErrorOptions {
  /** The next step, preferably a command to paste. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  /** The service's correlation id for the failed request (`contextId`, `ININ-Correlation-Id`). */
  readonly correlationId?: string | undefined;
}

/**
 * A failure caused by the user, the service or the network, with a message for people. Anything else that is
 * thrown is a bug in genscope, which then exits with code 70.
 */
export abstract class AppError extends Error {
  /** Exit code of the process if no caller handles the error. */
  abstract readonly exit: ExitName;
  /** Stable, dotted error code. Unlike the message, it is part of the JSON contract. */
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

/** A bad flag, an unknown operation or malformed input. Nothing was sent. */
export class UsageError extends AppError {
  override readonly exit = "usage";
}

/** There is no credential, or the service does not accept it. */
export class AuthError extends AppError {
  override readonly exit = "auth";
}

/** The credential store cannot be used: it is locked, missing, damaged, or readable by others. */
export class StoreError extends AppError {
  override readonly exit = "store";
}

/** The service did not respond, because of DNS, TLS, a proxy, a timeout or a broken connection. */
export class NetworkError extends AppError {
  override readonly exit = "network";
}

/** The service throttled requests or failed (5xx) for longer than the caller was willing to wait. */
export class UnavailableError extends AppError {
  override readonly exit = "limited";
}

/** A result could not be written, because the file exists, the disk is full or permission is missing. */
export class OutputError extends AppError {
  override readonly exit = "error";
}

/**
 * An export stopped before its end. Running the same command again can complete it, because finished parts are
 * kept.
 */
export class IncompleteError extends AppError {
  override readonly exit = "incomplete";
}

/** The user or a scheduler interrupted the run. */
export class InterruptedError extends AppError {
  override readonly exit = "interrupted";
}

/** Hint for a damaged installation. It does not name a package, because none is published yet. */
export const REINSTALL = 'install genscope again, as described in its README under "Install"';
