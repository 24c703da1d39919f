import { constants, type Stats } from "node:fs";
import { type FileHandle, mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { StoreError } from "../../core/errors.ts";
import { isMissingFile } from "../../core/files/missing-file.ts";
import { readAtMost } from "../../core/files/read-at-most.ts";
import { grouped } from "../../core/text.ts";

/** Permission bits that let anyone but the owner read, change or enter. */
const OTHERS = 0o077;
/** Largest accepted file; a store of a hundred profiles is less than a tenth of it. */
const LARGEST_FILE_BYTES = 1024 * 1024;
/** Flag that refuses symbolic links; absent on Windows, where creating a link requires a privilege. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NON_BLOCKING = constants.O_NONBLOCK ?? 0;

/**
 * Returns the text of a file that only its owner can access, or null when it does not exist.
 * @param userId required owner of file and directory; null where files have no numeric owner, and nothing is
 * checked
 * @throws StoreError `store.too_open` when other users have access, another user owns it or it is not a
 * regular file; `store.failed` when it can't be read
 */
export async function readPrivateFile(path: string, userId: number | null): Promise<string | null> {
  let file: FileHandle;
  try {
    // Non-blocking, because opening a named pipe in the file's place would wait forever.
    file = await open(path, constants.O_RDONLY | NO_FOLLOW | NON_BLOCKING);
  } catch (error) {
    if (isMissingFile(error)) return null;
    throw codeOf(error) === "ELOOP" ? notPlain(path) : unusable(path, "read", error);
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
          hint: `check which program wrote it, then move it away and log in again: \`ls -l ${path}\``,
        },
      );
    }
    return bytes.toString("utf8");
  } catch (error) {
    throw error instanceof StoreError ? error : unusable(path, "read", error);
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
    await mkdir(path, { recursive: true, mode: 0o700 });
    refuseOthers(path, await stat(path), userId, 700);
  } catch (error) {
    throw error instanceof StoreError ? error : unusable(path, "made", error);
  }
}

/** Returns the error for a file or directory that the system refuses to open, create or write. */
export function unusable(path: string, verb: string, cause: unknown): StoreError {
  return new StoreError("store.failed", `\`${path}\` can't be ${verb} (\`${codeOf(cause) ?? "unknown"}\`)`, {
    hint: `free some space and check that you can write there: \`ls -ld ${dirname(path)}\``,
    cause,
  });
}

function refuseOthers(path: string, facts: Stats, userId: number | null, mode: 600 | 700): void {
  if (userId === null) return;
  if (facts.uid !== userId) {
    throw new StoreError("store.too_open", `\`${path}\` belongs to another user`, {
      hint: `check what it is, then take ownership: \`sudo chown ${userId} ${path}\``,
    });
  }
  if ((facts.mode & OTHERS) !== 0) {
    const found = (facts.mode & 0o777).toString(8).padStart(3, "0");
    throw new StoreError("store.too_open", `\`${path}\` is open to other users (mode \`${found}\`)`, {
      hint: `\`chmod ${mode} ${path}\``,
    });
  }
}

function notPlain(path: string): StoreError {
  return new StoreError("store.too_open", `\`${path}\` is a symbolic link or not a regular file`, {
    hint: `check where it leads, and put the file itself there: \`ls -l ${path}\``,
  });
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
