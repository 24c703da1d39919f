import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { OutputError } from "../core/errors.ts";
import type { Random } from "../core/random.ts";

/** The one step that tests interrupt. */
export interface Renamer {
  rename(from: string, to: string): Promise<void>;
}

const SUFFIX_BYTES = 6;

/**
 * Replaces a file whole or not at all: a neighbour is written and flushed, then takes the name. Whoever reads
 * meanwhile, or after the process was killed at any moment, finds the old text or the new one.
 * @throws OutputError `output.write` when the directory can't be written
 */
export async function replaceFile(
  path: string,
  text: string,
  { random, files = { rename } }: { readonly random: Random; readonly files?: Renamer },
): Promise<void> {
  const suffix = Buffer.from(random.bytes(SUFFIX_BYTES)).toString("hex");
  const temporary = join(dirname(path), `.${basename(path)}.${suffix}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await files.rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new OutputError("output.write", `\`${path}\` can't be written`, {
      hint: "is there room on the disk, and may you write to that directory?",
      cause: error,
    });
  }
}
