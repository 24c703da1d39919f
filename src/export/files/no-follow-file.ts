import { constants } from "node:fs";
import { type FileHandle, lstat, open, rm } from "node:fs/promises";
import { OutputError } from "../../core/errors.ts";
import { isMissingFile } from "../../core/files/missing-file.ts";

/** Absent on Windows, where creating a link requires a privilege. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const CREATE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;
/** Opening a named pipe must not block the export. */
const NON_BLOCKING = constants.O_NONBLOCK ?? 0;

/**
 * Returns the text of one of the export's own files, or null when it is missing.
 * @throws OutputError `output.state` when it cannot be read or is a link
 */
export async function readNoFollow(path: string): Promise<string | null> {
  try {
    const file = await open(path, constants.O_RDONLY | NO_FOLLOW | NON_BLOCKING);
    try {
      return await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (isMissingFile(cause)) return null;
    const code = cause instanceof Error && "code" in cause ? `: ${String(cause.code)}` : "";
    throw new OutputError("output.state", `\`${path}\` can't be read${code}`, {
      hint: "check its permissions, or choose another path with --out PATH",
      cause,
    });
  }
}

/** Opens an existing file for reading and writing, without following links. @throws the system's error */
export async function openNoFollow(path: string): Promise<FileHandle> {
  return await open(path, constants.O_RDWR | NO_FOLLOW);
}

/**
 * Creates a new file, replacing a file or link of the same name. A process that still has the old file open
 * cannot write to the new one.
 * @throws the system's error
 */
export async function createNoFollow(path: string): Promise<FileHandle> {
  try {
    return await open(path, CREATE);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const there = await lstat(path);
  // A device cannot be replaced by a file.
  if (!there.isFile() && !there.isSymbolicLink()) return await openNoFollow(path);
  await rm(path, { force: true });
  return await open(path, CREATE);
}
