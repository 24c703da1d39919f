import { lstat, realpath, stat } from "node:fs/promises";
import { isMissingFile } from "../system-error.ts";
import { openToAppend } from "./open-file.ts";
import { type ReplaceOptions, replaceFile } from "./replace-file.ts";

/** Names of files that a process has open. They lead to a file, yet replacing it would miss the process. */
const OPEN_FILE = /^\/(?:dev\/(?:fd\/\d+|std(?:out|err))|proc\/(?:self|\d+)\/fd\/\d+)$/;

export interface NamedFileOptions extends ReplaceOptions {
  /** Numeric user id, `process.getuid()`; null where files have no numeric owner. */
  readonly userId: number | null;
}

/**
 * Writes text to the path that the user gave. A regular file is replaced durably, even through the user's own
 * link. A device, a pipe or an open file (`/dev/stdout`, `>(command)`) is written to and not replaced.
 * @throws the system's error, for the caller to describe; ENXIO for a named pipe without a reader
 */
export async function writeNamedFile(
  path: string,
  text: string,
  { userId, ...options }: NamedFileOptions,
): Promise<void> {
  if (await staysInPlace(path)) await writeThrough(path, text);
  else await replaceFile(await behindOwnLink(path, userId), text, options);
}

/** Whether a path is a device, a pipe or an open file: something to write to, not to read or replace. */
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

/** The link of another user in a shared directory is replaced, because it may point at any file of this user. */
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
