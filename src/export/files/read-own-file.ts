import { OutputError } from "../../core/errors.ts";
import { readFailure } from "../../core/files/file-failure.ts";
import { openNoFollow } from "../../core/files/open-file.ts";
import { isMissingFile } from "../../core/system-error.ts";

/**
 * Returns the text of one of the export's own files, or null when it is missing.
 * @throws OutputError `output.state` when it cannot be read or is a link
 */
export async function readOwnFile(path: string): Promise<string | null> {
  try {
    const file = await openNoFollow(path);
    try {
      return await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (isMissingFile(cause)) return null;
    const { message, ...options } = readFailure(path, cause, {
      alternative: "choose another path with --out PATH",
    });
    throw new OutputError("output.state", message, options);
  }
}
