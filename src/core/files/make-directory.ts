import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { retryWhileMissing } from "./retry-while-missing.ts";

/**
 * Creates a directory and its parents one by one. Node's own function never returns when a parent exists but
 * accepts no directories, such as `/proc`.
 * @param mode mode of the created directories; the umask determines it when absent
 * @throws the system's error, which the caller must describe
 */
export async function makeDirectory(path: string, mode?: number): Promise<void> {
  await retryWhileMissing(async () => await makeMissing(path, mode));
}

async function makeMissing(path: string, mode: number | undefined): Promise<void> {
  for (const missing of await missingOf(path)) {
    await mkdir(missing, mode).catch(async (error: unknown) => {
      // Another process may have created the directory in the meantime.
      if (!(await isDirectory(missing))) throw error;
    });
  }
}

/** Returns the path and its missing parents, outermost first. */
async function missingOf(path: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let at = path; !(await isDirectory(at)); at = dirname(at)) {
    // A parent exists but is a file. Creating a directory in it then fails with ENOTDIR, which names the cause.
    if (at !== path && (await exists(at))) break;
    missing.unshift(at);
    if (dirname(at) === at) break;
  }
  return missing;
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

async function isDirectory(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
