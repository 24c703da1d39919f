/**
 * Returns the code of an error that the operating system or Node reports (`ENOENT`); null for any other
 * error.
 */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

/** Returns the system's code of a failure, or its message without a code. */
export function reasonOf(cause: unknown): string {
  return systemCode(cause) ?? (cause instanceof Error ? cause.message : String(cause));
}

/**
 * Whether a file failed to open because it, or a directory on its path, does not exist, for example for a
 * user without a home.
 */
export function isMissingFile(error: unknown): boolean {
  const code = systemCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Whether a file was not created because the name is taken. */
export function isTakenName(error: unknown): boolean {
  return systemCode(error) === "EEXIST";
}

/** Whether a file was not opened because it is a symbolic link, which is never followed. */
export function isSymbolicLink(error: unknown): boolean {
  return systemCode(error) === "ELOOP";
}

/** Whether the disk or the account's quota is full. */
export function isDiskFull(error: unknown): boolean {
  const code = systemCode(error);
  return code === "ENOSPC" || code === "EDQUOT";
}

/** Whether permissions or a read-only file system forbid the access. */
export function isForbidden(error: unknown): boolean {
  const code = systemCode(error);
  return code === "EACCES" || code === "EPERM" || code === "EROFS";
}
