import { isMissingFile } from "../system-error.ts";

/** Number of attempts. Another process can remove an empty directory in between, but not this often. */
const MOST_ATTEMPTS = 10;

/**
 * Repeats `work` when a file or directory is missing. Another process may remove a directory until it contains
 * a file.
 * @param makeAgain called before each repetition
 * @throws the error of the last attempt; any other error immediately
 */
export async function retryWhileMissing<Result>(
  work: () => Promise<Result>,
  makeAgain?: () => Promise<void>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !isMissingFile(error)) throw error;
    }
    await makeAgain?.();
  }
}
