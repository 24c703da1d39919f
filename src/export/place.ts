import { mkdir, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { isMissingFile } from "../core/missing-file.ts";
import { syncDirectory } from "./sync-directory.ts";
import { writeFailed } from "./write-failed.ts";

/** Gives a finished file its name; one that is not where it was written has it already. @throws OutputError */
export async function place(from: string, to: string): Promise<void> {
  try {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to).catch(async (error: unknown) => {
      if (!isMissingFile(error)) throw error;
      await stat(to);
    });
    await syncDirectory(dirname(to));
  } catch (error) {
    throw writeFailed(to, error);
  }
}
