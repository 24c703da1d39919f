import { type FileHandle, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Processes } from "../processes.ts";
import type { Random } from "../random.ts";
import { makeDirectory } from "./make-directory.ts";
import { createNoFollow } from "./open-file.ts";
import { processTag } from "./process-tag.ts";
import { syncDirectory } from "./sync-directory.ts";

/** File operations that tests replace to simulate failures. */
export interface Renamer {
  rename(from: string, to: string): Promise<void>;
}

export interface ReplaceOptions {
  readonly random: Random;
  readonly files?: Renamer;
  /** Whether only the user may read the file, and enter the directory if one is created. */
  readonly isPrivate?: boolean;
  /**
   * If present, the name of the temporary file identifies this process, so that `removeLeftovers` can remove it
   * later.
   */
  readonly writer?: Processes;
}

export interface ReplacementSteps {
  /**
   * Path of the temporary file, which must be on the file system of the file to replace. A file with that name
   * is overwritten.
   */
  readonly temporary: string;
  readonly files?: Renamer;
  readonly isPrivate?: boolean;
  /** Called before each step. Rejects when the caller must no longer change the file. */
  readonly guard?: () => Promise<void>;
}

export const SUFFIX_BYTES = 6;
const SYSTEM: Renamer = { rename };

/**
 * Replaces a file atomically and durably, by way of a temporary file next to it. At any time, even after a kill
 * or a power failure, a reader finds either the old text or the new one. Creates the directory if it is missing.
 * @throws the system's error, which the caller must describe
 */
export async function replaceFile(
  path: string,
  text: string,
  { random, writer, ...steps }: ReplaceOptions,
): Promise<void> {
  const suffix = Buffer.from(random.bytes(SUFFIX_BYTES)).toString("hex");
  const tag = writer === undefined ? "" : `${processTag(writer)}.`;
  const temporary = join(dirname(path), `.${basename(path)}.${tag}${suffix}`);
  await replaceFileVia(path, text, { ...steps, temporary });
}

/**
 * Replaces a file like `replaceFile`, with a temporary file that the caller names.
 * @throws the system's error, which the caller must describe; the error of `guard`
 */
export async function replaceFileVia(
  path: string,
  text: string,
  { temporary, files = SYSTEM, isPrivate = false, guard = async () => {} }: ReplacementSteps,
): Promise<void> {
  try {
    await guard();
    await makeDirectory(dirname(path), isPrivate ? 0o700 : undefined);
    await makeDirectory(dirname(temporary), isPrivate ? 0o700 : undefined);
    await writeAndClose(await createNoFollow(temporary, isPrivate ? 0o600 : 0o666), text);
    await guard();
    await renameDurably(temporary, path, files);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Writes text to a new file, flushes it to disk and closes it. @throws the system's error */
export async function writeAndClose(file: FileHandle, text: string): Promise<void> {
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Renames a file, replacing an existing one, and makes the new name durable. @throws the system's error */
export async function renameDurably(from: string, to: string, files: Renamer = SYSTEM): Promise<void> {
  await files.rename(from, to);
  await syncDirectory(dirname(to));
}
