import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Processes } from "../processes.ts";
import type { Random } from "../random.ts";
import { processTag } from "./process-tag.ts";

/** The one step that tests interrupt. */
export interface Renamer {
  rename(from: string, to: string): Promise<void>;
}

export interface ReplaceOptions {
  readonly random: Random;
  readonly files?: Renamer;
  /** Whether only the user may read the file, and enter the directory if it is created here. */
  readonly isPrivate?: boolean;
  /** Marks the temporary file as this process's own, for `removeLeftovers`. */
  readonly writer?: Processes;
}

export const SUFFIX_BYTES = 6;

/**
 * Replaces a file atomically: a temporary file beside it is written, flushed and renamed. A reader at any
 * time, also after a kill, finds the old text or the new one. A missing directory is created.
 * @throws the system's error, for the caller to describe
 */
export async function replaceFile(
  path: string,
  text: string,
  { random, files = { rename }, isPrivate = false, writer }: ReplaceOptions,
): Promise<void> {
  const suffix = Buffer.from(random.bytes(SUFFIX_BYTES)).toString("hex");
  const tag = writer === undefined ? "" : `${processTag(writer)}.`;
  const temporary = join(dirname(path), `.${basename(path)}.${tag}${suffix}`);
  try {
    await mkdir(dirname(path), { recursive: true, ...(isPrivate ? { mode: 0o700 } : {}) });
    const file = await open(temporary, "wx", isPrivate ? 0o600 : 0o666);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await files.rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
