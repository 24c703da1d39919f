import { constants, type Stats } from "node:fs";
import { type FileHandle, mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { StoreError } from "../../core/errors.ts";
import { isMissingFile } from "../../core/missing-file.ts";
import { readAtMost } from "../../core/read-at-most.ts";
import { grouped } from "../../core/text.ts";

/** Bits by which anybody but the owner could read, change or enter. */
const OTHERS = 0o077;
/** A store of a hundred profiles has less than a tenth of it. */
const LARGEST_FILE_BYTES = 1024 * 1024;
/** Absent on Windows, where links need rights of their own. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NON_BLOCKING = constants.O_NONBLOCK ?? 0;

/**
 * The text of a file that only its owner can reach, or null when there is none.
 * @param userId who must own file and directory; null where files have no numeric owner, and nothing is checked
 * @throws StoreError `store.too_open` when others may reach it, it is not ours or no plain file;
 * `store.failed` when it can't be read
 */
export async function readPrivateFile(path: string, userId: number | null): Promise<string | null> {
  let file: FileHandle;
  try {
    // Not blocking: a named pipe in the file's place must not stop us for ever.
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
          hint: `check what wrote it, then move it away and log in again: \`ls -l ${path}\``,
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
 * Makes the directory, or makes sure that nobody but the user can look into the one that is there.
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

/** A file or directory that the system does not let us use. */
export function unusable(path: string, verb: string, cause: unknown): StoreError {
  return new StoreError("store.failed", `\`${path}\` can't be ${verb} (\`${codeOf(cause) ?? "unknown"}\`)`, {
    hint: `is there room, and may you write there? \`ls -ld ${dirname(path)}\``,
    cause,
  });
}

function refuseOthers(path: string, facts: Stats, userId: number | null, mode: 600 | 700): void {
  if (userId === null) return;
  if (facts.uid !== userId) {
    throw new StoreError("store.too_open", `\`${path}\` belongs to another user`, {
      hint: `look what it is, then make it yours: \`sudo chown ${userId} ${path}\``,
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
  return new StoreError("store.too_open", `\`${path}\` is a link or no plain file`, {
    hint: `look where it leads, and put the file itself there: \`ls -l ${path}\``,
  });
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
