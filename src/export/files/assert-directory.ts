import { lstat } from "node:fs/promises";
import { OutputError } from "../../core/errors.ts";
import { shellWord } from "../../core/shell-word.ts";
import { isMissingFile } from "../../core/system-error.ts";

/**
 * Throws unless the path is a directory or is missing. A symbolic link to a directory is rejected, because its
 * files would be stored elsewhere.
 * @throws OutputError `output.state`, or the system's error
 */
export async function assertDirectory(path: string): Promise<void> {
  const found = await lstat(path).catch((error: unknown) => {
    if (isMissingFile(error)) return null;
    throw error;
  });
  if (found === null || found.isDirectory()) return;
  throw new OutputError("output.state", `\`${path}\` is not a directory`, {
    hint: `inspect it with \`ls -la ${shellWord(path)}\`, or choose another path with --out PATH`,
  });
}
