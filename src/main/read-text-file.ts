import { open } from "node:fs/promises";
import { UsageError } from "../core/errors.ts";
import { readAtMost } from "../core/read-at-most.ts";
import { grouped } from "../core/text.ts";

/** Larger than any file that a command takes as a whole: the definition of the API has about 15 MiB. */
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/**
 * The text of a file that a flag or a variable names.
 * @param what for the words of the error
 * @throws UsageError `usage.file` when it can't be read or is larger than `maxBytes`
 */
export async function readTextFile(
  path: string,
  what: string,
  maxBytes = DEFAULT_MAX_BYTES,
): Promise<string> {
  let bytes: Buffer | null;
  try {
    const file = await open(path);
    try {
      bytes = await readAtMost(file, maxBytes);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "unreadable";
    throw new UsageError("usage.file", `can't read the ${what} file \`${path}\` (${reason})`, {
      hint: "check the path and its permissions",
      cause,
    });
  }
  if (bytes !== null) return bytes.toString("utf8");
  throw new UsageError(
    "usage.file",
    `the ${what} file \`${path}\` is larger than ${grouped(maxBytes)} bytes`,
    {
      hint: "check that this is the right file",
    },
  );
}
