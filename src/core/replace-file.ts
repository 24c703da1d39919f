import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { processTag } from "./process-tag.ts";
import type { Processes } from "./processes.ts";
import type { Random } from "./random.ts";

/** The one step that tests interrupt. */
export interface Renamer {
  rename(from: string, to: string): Promise<void>;
}

export interface ReplaceOptions {
  readonly random: Random;
  readonly files?: Renamer;
  /** Nobody but the user may read the file, nor look into the directory when it is made here. */
  readonly isPrivate?: boolean;
  /** Marks the neighbour as this process's own, for `removeLeftovers`. */
  readonly writer?: Processes;
}

export const SUFFIX_BYTES = 6;

/**
 * Replaces a file whole or not at all: a neighbour is written and flushed, then takes the name. Whoever reads
 * meanwhile, or after the process was killed at any moment, finds the old text or the new one. The directory
 * is made when it is not there.
 * @throws the system's error, for the caller to put into words
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
