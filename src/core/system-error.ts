/** Returns the code of an error from the operating system or Node (`ENOENT`); null for any other error. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

/** Returns an error's system code, or its message if it has none. */
export function reasonOf(cause: unknown): string {
  return systemCode(cause) ?? (cause instanceof Error ? cause.message : String(cause));
}

/**
 * Whether a file could not be opened because it or a directory on its path does not exist, for example because
 * the user has no home directory.
 */
export function isMissingFile(error: unknown): boolean {
  const code = systemCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Whether a file could not be created because a file of that name already exists. */
export function isTakenName(error: unknown): boolean {
  return systemCode(error) === "EEXIST";
}

/** Whether a file was not opened because it is a symbolic link. These are never followed. */
export function isSymbolicLink(error: unknown): boolean {
  return systemCode(error) === "ELOOP";
}

/** Whether the disk or the user's quota is full. */
export function isDiskFull(error: unknown): boolean {
  const code = systemCode(error);
  return code === "ENOSPC" || code === "EDQUOT";
}

/** Whether permissions or a read-only file system prevent the access. */
export function isForbidden(error: unknown): boolean {
  const code = systemCode(error);
  return code === "EACCES" || code === "EPERM" || code === "EROFS";
}
