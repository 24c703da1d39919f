import { isMissingFile } from "../system-error.ts";

/**
 * Maximum number of attempts. Between two of them, another process may remove the empty directory again, but hardly
 * this often.
 */
const MOST_ATTEMPTS = 10;

/**
 * Repeats `work` as long as it fails because a file or directory is missing. Another process may remove a new directory
 * before it contains a file.
 * @param makeAgain called before each retry, to create the directory again
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
