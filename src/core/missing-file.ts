const CODES: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR"]);

/**
 * Whether a file failed to open because it is not there, or because what should be its directory is none, as
 * with the home of a user who has no home.
 */
export function isMissingFile(error: unknown): boolean {
  return error instanceof Error && "code" in error && CODES.has(error.code);
}
