import { dirname } from "node:path";
import { AppError, OutputError } from "../errors.ts";
import {
  isDiskFull,
  isForbidden,
  isMissingFile,
  isTakenName,
  reasonOf,
  systemCode,
} from "../system-error.ts";

/** Message and hint about a file that could not be read or written. The caller chooses the error class. */
export interface FileFailure {
  readonly message: string;
  readonly hint: string;
  readonly cause: unknown;
}

export interface FailureWords {
  /** Noun with its article to put before the path: `the report`. */
  readonly what?: string;
  /** An alternative for the user, as an imperative clause: `choose another path with --out PATH`. */
  readonly alternative?: string;
}

/** Describes why a file could not be read. */
export function readFailure(
  path: string,
  cause: unknown,
  { what, alternative }: FailureWords = {},
): FileFailure {
  return {
    message: `${named(path, what)} cannot be read: ${reasonOf(cause)}`,
    hint: either(adviceForReading(path, cause), alternative),
    cause,
  };
}

/** Describes why a file or directory could not be created, written or renamed. */
export function writeFailure(
  path: string,
  cause: unknown,
  { what, alternative }: FailureWords = {},
): FileFailure {
  return {
    message: isDiskFull(cause)
      ? `no space left for ${named(path, what)}`
      : `${named(path, what)} cannot be written: ${reasonOf(cause)}`,
    hint: either(adviceForWriting(path, cause), alternative),
    cause,
  };
}

/**
 * Returns the error for output that could not be written: `output.disk_full` or `output.write`. Returns an
 * AppError unchanged.
 */
export function outputFailure(path: string, cause: unknown, words: FailureWords = {}): AppError {
  if (cause instanceof AppError) return cause;
  const { message, ...options } = writeFailure(path, cause, words);
  return new OutputError(isDiskFull(cause) ? "output.disk_full" : "output.write", message, options);
}

function adviceForReading(path: string, cause: unknown): string {
  if (isMissingFile(cause)) return "check the path";
  if (isForbidden(cause)) return `check the permissions of \`${path}\``;
  return systemCode(cause) === "EISDIR"
    ? "specify a file instead of a directory"
    : "check the path and its permissions";
}

/** Matches a path that can only be a directory: one that ends in a slash, and `.` and `..`. */
const NAMES_DIRECTORY = /(?:^|\/)\.{0,2}$/;

function adviceForWriting(path: string, cause: unknown): string {
  if (isDiskFull(cause)) return "free some space";
  if (systemCode(cause) === "EROFS") return "choose a path on a file system that is not read-only";
  if (isForbidden(cause)) return `check the permissions of \`${dirname(path)}\``;
  if (NAMES_DIRECTORY.test(path)) return "specify a file instead of a directory";
  if (isMissingFile(cause)) return `check that \`${dirname(path)}\` is a directory that can hold files`;
  if (systemCode(cause) === "ENXIO") return `start the program that reads \`${path}\` first`;
  if (isTakenName(cause)) return `move \`${path}\` away`;
  return systemCode(cause) === "EISDIR"
    ? "specify a file instead of a directory"
    : `check the disk and the permissions of \`${dirname(path)}\``;
}

function named(path: string, what: string | undefined): string {
  return what === undefined ? `\`${path}\`` : `${what} \`${path}\``;
}

function either(advice: string, alternative: string | undefined): string {
  return alternative === undefined ? advice : `${advice}, or ${alternative}`;
}
