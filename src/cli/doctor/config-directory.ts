import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { shellWord } from "../../core/shell-word.ts";
import { reasonOf, systemCode } from "../../core/system-error.ts";
import { type CheckResult, passed, warned } from "./check.ts";
import type { DoctorPorts, Machine } from "./ports.ts";

/** Permission bits that let other users read, change or enter the directory. */
const OTHERS = 0o077;
const NOTHING_KEPT = "no login can be stored and no profile changed";
const ANOTHER_DIRECTORY = "set `GENSCOPE_CONFIG_DIR` to a directory that you own";

/** The directory's metadata from the file system; null when it does not exist. */
export interface DirectoryState {
  readonly isDirectory: boolean;
  readonly userId: number;
  /** The permission bits. */
  readonly mode: number;
  readonly isWritable: boolean;
}

/**
 * Checks that profiles can be stored and that no other user can read them. Returns at most a warning, because a
 * credential in the environment needs no directory and a user without a home has none.
 */
export async function checkConfigDirectory({
  configDirectory,
  machine,
}: Pick<DoctorPorts, "configDirectory" | "machine">): Promise<CheckResult> {
  try {
    return judgeDirectory(configDirectory, await describeDirectory(configDirectory), machine);
  } catch (error) {
    const problem = `\`${configDirectory}\` cannot be used (${reasonOf(error)}): ${NOTHING_KEPT}`;
    return warned(problem, ANOTHER_DIRECTORY, { path: configDirectory, code: systemCode(error) });
  }
}

export function judgeDirectory(
  path: string,
  state: DirectoryState | null,
  { userId }: Pick<Machine, "userId">,
): CheckResult {
  if (state === null) {
    return passed(`\`${path}\` does not exist yet: the first login creates it`, { path, exists: false });
  }
  const mode = userId === null ? null : state.mode.toString(8).padStart(3, "0");
  const { isDirectory, isWritable } = state;
  const isOwn = userId === null || state.userId === userId;
  const facts = { path, exists: true, isDirectory, isWritable, isOwn, mode };
  if (!isDirectory) {
    return warned(`\`${path}\` is not a directory: ${NOTHING_KEPT}`, ANOTHER_DIRECTORY, facts);
  }
  if (!isOwn) {
    return warned(
      `\`${path}\` belongs to another user, who controls your profiles`,
      `inspect it, then take ownership: \`sudo chown ${userId} ${shellWord(path)}\``,
      facts,
    );
  }
  if (userId !== null && (state.mode & OTHERS) !== 0) {
    return warned(
      `\`${path}\` is accessible to other users (mode ${mode})`,
      `\`chmod 700 ${shellWord(path)}\``,
      facts,
    );
  }
  if (!isWritable) return warned(`\`${path}\` cannot be written: ${NOTHING_KEPT}`, ANOTHER_DIRECTORY, facts);
  const privacy = mode === null ? "" : `, mode ${mode}`;
  return passed(`\`${path}\`${privacy}`, facts);
}

async function describeDirectory(path: string): Promise<DirectoryState | null> {
  try {
    const found = await stat(path);
    return {
      isDirectory: found.isDirectory(),
      userId: found.uid,
      mode: found.mode & 0o777,
      isWritable: await access(path, constants.W_OK).then(
        () => true,
        () => false,
      ),
    };
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
}
