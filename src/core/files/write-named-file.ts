import { lstat, realpath, stat } from "node:fs/promises";
import { isMissingFile } from "../system-error.ts";
import { openToAppend } from "./open-file.ts";
import { type ReplaceOptions, replaceFile } from "./replace-file.ts";

/**
 * Matches paths to files that a process has open. Replacing the file behind such a path would not affect the
 * process.
 */
const OPEN_FILE = /^\/(?:dev\/(?:fd\/\d+|std(?:out|err))|proc\/(?:self|\d+)\/fd\/\d+)$/;

export interface NamedFileOptions extends ReplaceOptions {
  /** Numeric id of the user, from `process.getuid()`; null on systems without numeric file owners. */
  readonly userId: number | null;
}

/**
 * Writes text to a path that the user gave. Replaces a regular file durably, even if the path is a link that the user
 * owns. Writes into a device, a pipe or an open file (`/dev/stdout`, `>(command)`) without replacing it.
 * @throws the system's error, which the caller must describe; ENXIO for a named pipe without a reader
 */
export async function writeNamedFile(
  path: string,
  text: string,
  { userId, ...options }: NamedFileOptions,
): Promise<void> {
  if (await staysInPlace(path)) await writeThrough(path, text);
  else await replaceFile(await behindOwnLink(path, userId), text, options);
}

/**
 * Whether a path is a device, a pipe or an open file, which can only be written to and not be replaced.
 * @throws the system's error when the path cannot be examined
 */
export async function staysInPlace(path: string): Promise<boolean> {
  if (OPEN_FILE.test(path)) return true;
  try {
    const target = await stat(path);
    return !target.isFile() && !target.isDirectory();
  } catch (error) {
    if (isMissingFile(error)) return false;
    throw error;
  }
}

/**
 * Returns the target of a link that belongs to the user, and otherwise the path itself. Another user's link is replaced
 * rather than followed, because it could point to any of this user's files.
 */
async function behindOwnLink(path: string, userId: number | null): Promise<string> {
  try {
    const entry = await lstat(path);
    return entry.isSymbolicLink() && (userId === null || entry.uid === userId) ? await realpath(path) : path;
  } catch (error) {
    if (isMissingFile(error)) return path;
    throw error;
  }
}

async function writeThrough(path: string, text: string): Promise<void> {
  const file = await openToAppend(path);
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}
