import type { AppError } from "../../core/errors.ts";
import { outputFailure } from "../../core/files/file-failure.ts";

/** Returns the error for a file of an export that could not be written. An AppError is returned unchanged. */
export function writeFailed(path: string, cause: unknown): AppError {
  return outputFailure(path, cause, { alternative: "choose another path with --out PATH" });
}
