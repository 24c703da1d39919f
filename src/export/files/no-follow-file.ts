import { constants } from "node:fs";
import { type FileHandle, lstat, open, rm } from "node:fs/promises";
import { OutputError } from "../../core/errors.ts";
import { isMissingFile } from "../../core/missing-file.ts";

/** Absent on Windows, where making links needs rights of their own. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const CREATE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;
/** A named pipe must not stop the export. */
const NON_BLOCKING = constants.O_NONBLOCK ?? 0;

/**
 * The text of a file that an export keeps for itself; null where there is none.
 * @throws OutputError `output.state` when it can't be read, or is a link
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

/** Opens a file for reading and writing that must be there. Links are not followed. @throws the system's error */
export async function openNoFollow(path: string): Promise<FileHandle> {
  return await open(path, constants.O_RDWR | NO_FOLLOW);
}

/**
 * Makes a new file in place of a file or link that has the name, so that a process that still writes to the former one
 * does not reach it.
 * @throws the system's error
 */
export async function createNoFollow(path: string): Promise<FileHandle> {
  try {
    return await open(path, CREATE);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const there = await lstat(path);
  // A device is no file that could be replaced.
  if (!there.isFile() && !there.isSymbolicLink()) return await openNoFollow(path);
  await rm(path, { force: true });
  return await open(path, CREATE);
}
