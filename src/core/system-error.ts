/** Returns the code of an error from the operating system or Node (`ENOENT`); null for any other error. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

/**
 * Returns why an access failed, in the system's words where Node passes them on (`no such file or directory`),
 * otherwise the system code, or the message of an error without one.
 */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = systemCode(cause);
  return code === null ? cause.message : (SYSTEM_WORDS.exec(cause.message)?.[1] ?? code);
}

/** Matches the message of a failed file operation: `ENOENT: no such file or directory, open 'x'`. */
const SYSTEM_WORDS = /^[A-Z\d]+: ([^,]+)/;

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
