import { lstat } from "node:fs/promises";
import { OutputError } from "../../core/errors.ts";
import { isMissingFile } from "../../core/system-error.ts";

/**
 * Throws if the path is anything but a directory, because files below a link are stored elsewhere. A missing
 * directory is accepted.
 * @throws OutputError `output.state`, or the system's error
 */
export async function assertDirectory(path: string): Promise<void> {
  const found = await lstat(path).catch((error: unknown) => {
    if (isMissingFile(error)) return null;
    throw error;
  });
  if (found === null || found.isDirectory()) return;
  throw new OutputError("output.state", `\`${path}\` is not a directory`, {
    hint: `inspect it with \`ls -la ${path}\`, or choose another path with --out PATH`,
  });
}
