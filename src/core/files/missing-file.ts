const CODES: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR"]);

/**
 * Whether a file failed to open because it, or a directory of its path, does not exist, as for a user without
 * a home.
 */
export function isMissingFile(error: unknown): boolean {
  return error instanceof Error && "code" in error && CODES.has(error.code);
}
