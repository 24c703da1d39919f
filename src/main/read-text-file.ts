import { readFile } from "node:fs/promises";
import { UsageError } from "../core/errors.ts";

/**
 * A file that a flag or a variable names.
 * @param what for the words of the error
 * @throws UsageError `usage.file` when it can't be read
 */
export async function readTextFile(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "unreadable";
    throw new UsageError("usage.file", `can't read the ${what} file \`${path}\` (${reason})`, {
      hint: "check the path and its permissions",
      cause,
    });
  }
}
