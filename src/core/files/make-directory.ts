import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { isMissingFile } from "./missing-file.ts";

/** Number of attempts. Another process can remove an empty parent in between, but not this often. */
const MOST_ATTEMPTS = 5;

/**
 * Creates a directory and its parents one after the other. Node's own function never returns where a parent
 * exists but accepts no directories, as below `/proc`.
 * @param mode of the created directories; the umask decides when absent
 * @throws the system's error, for the caller to describe
 */
export async function makeDirectory(path: string, mode?: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await makeMissing(path, mode);
      return;
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !isMissingFile(error)) throw error;
    }
  }
}

async function makeMissing(path: string, mode: number | undefined): Promise<void> {
  for (const missing of await missingOf(path)) {
    await mkdir(missing, mode).catch(async (error: unknown) => {
      // Another process may have been faster.
      if (!(await isDirectory(missing))) throw error;
    });
  }
}

/** The path and its missing parents, the outermost first. */
async function missingOf(path: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let at = path; !(await isDirectory(at)); at = dirname(at)) {
    missing.unshift(at);
    if (dirname(at) === at) break;
  }
  return missing;
}

async function isDirectory(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
