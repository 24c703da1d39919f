import type { Stats } from "node:fs";
import { type FileHandle, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { StoreError } from "../../core/errors.ts";
import { readFailure, writeFailure } from "../../core/files/file-failure.ts";
import { makeDirectory } from "../../core/files/make-directory.ts";
import { openNoFollow } from "../../core/files/open-file.ts";
import { readAtMost } from "../../core/files/read-at-most.ts";
import { shellWord } from "../../core/shell-word.ts";
import { isMissingFile, isSymbolicLink } from "../../core/system-error.ts";
import { grouped } from "../../core/text.ts";

/** Permission bits that let anyone but the owner read, change or enter. */
const OTHERS = 0o077;
/** Largest accepted file; a store of a hundred profiles is less than a tenth of it. */
const LARGEST_FILE_BYTES = 1024 * 1024;

/**
 * Returns the text of a file that only its owner can access, or null when it does not exist.
 * @param userId required owner of file and directory; null where files have no numeric owner, and nothing is checked
 * @throws StoreError `store.too_open` when other users have access, another user owns it or it is not a regular file;
 * `store.damaged` when it is too large; `store.failed` when it can't be read
 */
export async function readPrivateFile(path: string, userId: number | null): Promise<string | null> {
  let file: FileHandle;
  try {
    file = await openNoFollow(path);
  } catch (error) {
    if (isMissingFile(error)) return null;
    throw isSymbolicLink(error) ? notPlain(path) : unreadable(path, error);
  }
  try {
    const facts = await file.stat();
    if (!facts.isFile()) throw notPlain(path);
    refuseOthers(path, facts, userId, 600);
    const directory = dirname(path);
    refuseOthers(directory, await stat(directory), userId, 700);
    const bytes = await readAtMost(file, LARGEST_FILE_BYTES);
    if (bytes === null) {
      throw new StoreError(
        "store.damaged",
        `\`${path}\` is larger than ${grouped(LARGEST_FILE_BYTES)} bytes`,
        {
          hint: `check which program wrote it (\`ls -l ${shellWord(path)}\`), then move the file aside and log in again`,
        },
      );
    }
    return bytes.toString("utf8");
  } catch (error) {
    throw error instanceof StoreError ? error : unreadable(path, error);
  } finally {
    await file.close();
  }
}

/**
 * Creates the directory, or checks that only the user has access to the existing one.
 * @throws StoreError `store.too_open`, `store.failed`
 */
export async function ensurePrivateDirectory(path: string, userId: number | null): Promise<void> {
  try {
    await makeDirectory(path, 0o700);
    refuseOthers(path, await stat(path), userId, 700);
  } catch (error) {
    throw error instanceof StoreError ? error : unwritable(path, error);
  }
}

/** Returns the error for a file or directory of the store that the system refuses to create or write. */
export function unwritable(path: string, cause: unknown): StoreError {
  const { message, ...options } = writeFailure(path, cause, {
    alternative: "set `GENSCOPE_CONFIG_DIR` to another directory",
  });
  return new StoreError("store.failed", message, options);
}

function unreadable(path: string, cause: unknown): StoreError {
  const { message, ...options } = readFailure(path, cause);
  return new StoreError("store.failed", message, options);
}

function refuseOthers(path: string, facts: Stats, userId: number | null, mode: 600 | 700): void {
  if (userId === null) return;
  if (facts.uid !== userId) {
    throw new StoreError("store.too_open", `\`${path}\` belongs to another user`, {
      hint: `check its contents, then take ownership: \`sudo chown ${userId} ${shellWord(path)}\``,
    });
  }
  if ((facts.mode & OTHERS) !== 0) {
    const found = (facts.mode & 0o777).toString(8).padStart(3, "0");
    throw new StoreError("store.too_open", `\`${path}\` is accessible to other users (mode \`${found}\`)`, {
      hint: `\`chmod ${mode} ${shellWord(path)}\``,
    });
  }
}

function notPlain(path: string): StoreError {
  return new StoreError("store.too_open", `\`${path}\` is a symbolic link or not a regular file`, {
    hint: `check the link's target, and replace the link with a regular file: \`ls -l ${shellWord(path)}\``,
  });
}
