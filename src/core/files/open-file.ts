import { constants } from "node:fs";
import { type FileHandle, lstat, open, rm } from "node:fs/promises";
import { isTakenName } from "../system-error.ts";

/** Flag that refuses to open symbolic links. Windows lacks it, but there, creating a link requires a privilege. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
/** Flag for opening a named pipe without waiting for its other end. That wait could not be interrupted. */
const NON_BLOCKING = constants.O_NONBLOCK ?? 0;
const CREATE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;

/** Opens a file for reading. Does not wait if the path is a named pipe. @throws the system's error */
export async function openForReading(path: string): Promise<FileHandle> {
  return await open(path, constants.O_RDONLY | NON_BLOCKING);
}

/** Opens a file for reading. Does not follow a link or wait for a named pipe. @throws the system's error */
export async function openNoFollow(path: string): Promise<FileHandle> {
  return await open(path, constants.O_RDONLY | NO_FOLLOW | NON_BLOCKING);
}

/** Opens an existing file for reading and writing. Does not follow links. @throws the system's error */
export async function openToChange(path: string): Promise<FileHandle> {
  return await open(path, constants.O_RDWR | NO_FOLLOW);
}

/**
 * Opens a device, a pipe or an open file for appending. Does not wait for the reader of a named pipe.
 * @throws the system's error; ENXIO for a named pipe without a reader
 */
export async function openToAppend(path: string): Promise<FileHandle> {
  const flags = constants.O_WRONLY | constants.O_APPEND;
  const probe = await open(path, flags | NON_BLOCKING);
  try {
    return await open(path, flags);
  } finally {
    await probe.close();
  }
}

/**
 * Creates a new file. Removes a file or link of the same name first, so that a process that has the old file
 * open cannot write to the new one.
 * @param mode mode of the new file, before the umask applies
 * @throws the system's error
 */
export async function createNoFollow(path: string, mode = 0o666): Promise<FileHandle> {
  try {
    return await open(path, CREATE, mode);
  } catch (error) {
    if (!isTakenName(error)) throw error;
  }
  const there = await lstat(path);
  // A device is opened instead, because a file cannot replace it.
  if (!there.isFile() && !there.isSymbolicLink()) return await openToChange(path);
  await rm(path, { force: true });
  return await open(path, CREATE, mode);
}
