import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { type Finding, failed, passed, warned } from "./check.ts";
import type { DoctorPorts, Machine } from "./ports.ts";

/** Bits by which anybody but the owner could read, change or enter. */
const OTHERS = 0o077;

/** The directory as the file system describes it; null when there is none. */
export interface DirectoryState {
  readonly isDirectory: boolean;
  readonly userId: number;
  /** The permission bits. */
  readonly mode: number;
  readonly isWritable: boolean;
}

/** Whether profiles can be kept, and nobody else can look at them. */
export async function checkConfigDirectory({
  configDirectory,
  machine,
}: Pick<DoctorPorts, "configDirectory" | "machine">): Promise<Finding> {
  try {
    return judgeDirectory(configDirectory, await describeDirectory(configDirectory), machine);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    return failed(
      "error",
      `\`${configDirectory}\` can't be looked at (${code})`,
      `\`ls -ld ${configDirectory}\`, or set \`GENSCOPE_CONFIG_DIR\` to a directory of yours`,
      { path: configDirectory, code },
    );
  }
}

export function judgeDirectory(
  path: string,
  state: DirectoryState | null,
  { userId }: Pick<Machine, "userId">,
): Finding {
  if (state === null) {
    return passed(`\`${path}\` is not there yet: the first login makes it`, { path, exists: false });
  }
  const mode = userId === null ? null : state.mode.toString(8).padStart(3, "0");
  const { isDirectory, isWritable } = state;
  const isOwn = userId === null || state.userId === userId;
  const facts = { path, exists: true, isDirectory, isWritable, isOwn, mode };
  if (!isDirectory) {
    return failed(
      "error",
      `\`${path}\` is not a directory`,
      `move it away: \`mv ${path} ${path}.old\`, or set \`GENSCOPE_CONFIG_DIR\` to a directory of yours`,
      facts,
    );
  }
  if (!isOwn) {
    return warned(
      `\`${path}\` belongs to another user, who decides what your profiles say`,
      `look what it is, then make it yours: \`sudo chown ${userId} ${path}\``,
      facts,
    );
  }
  if (userId !== null && (state.mode & OTHERS) !== 0) {
    return warned(`\`${path}\` is open to other users (mode ${mode})`, `\`chmod 700 ${path}\``, facts);
  }
  if (!isWritable) {
    return warned(
      `\`${path}\` can't be written: no login can be remembered and no profile changed`,
      "set `GENSCOPE_CONFIG_DIR` to a directory you may write to",
      facts,
    );
  }
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
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
