import { lstat } from "node:fs/promises";
import { OutputError } from "../../core/errors.ts";
import { outputFailure } from "../../core/files/file-failure.ts";
import { replaceFile } from "../../core/files/replace-file.ts";
import type { Random } from "../../core/random.ts";
import { shellWord } from "../../core/shell-word.ts";

/**
 * Checks that the bundle may be written to a path.
 * @throws OutputError `output.exists` for an existing file, directory or link of that name
 */
export async function refuseExisting(path: string): Promise<void> {
  const exists = await lstat(path).then(
    () => true,
    () => false,
  );
  if (exists) {
    throw new OutputError("output.exists", `\`${path}\` already exists`, {
      hint: `choose another name, or overwrite it: \`genscope doctor --bundle ${shellWord(path)} --force\``,
    });
  }
}

/**
 * Writes a document that only its owner can read, atomically.
 * @throws OutputError `output.write`
 */
export async function writeBundle(path: string, document: unknown, random: Random): Promise<void> {
  try {
    await replaceFile(path, `${JSON.stringify(document, null, 2)}\n`, { random, isPrivate: true });
  } catch (cause) {
    throw outputFailure(path, cause);
  }
}
