import type { Stats } from "node:fs";
import { chmod, lstat, mkdir, mkdtemp, readdir, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UsageError } from "../../core/errors.ts";
import { makeDirectory } from "../../core/files/make-directory.ts";
import { retryWhileMissing } from "../../core/files/retry-while-missing.ts";
import { shellWord } from "../../core/shell-word.ts";
import { isMissingFile, isTakenName } from "../../core/system-error.ts";
import { writeFailed } from "../files/write-failed.ts";
import type { Destination } from "./destination.ts";

const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;
const GROUP_INHERITS = 0o2000;
const PRIVATE = 0o700;
const SHARED = 0o2770;

type StoredDestination = Exclude<Destination, { readonly kind: "stdout" }>;

const PROBE = /^\.genscope-[A-Za-z0-9]{6}$/;

/**
 * Creates an export's state directory, or checks that no other account controls an existing one. A destination
 * directory with the setgid bit and write permission for its group (`chmod 2770`) is deliberately shared by several
 * accounts.
 * @throws UsageError `usage.work_directory`, OutputError
 */
export async function openWorkDirectory(destination: Destination, path: string): Promise<void> {
  try {
    if (destination.kind === "stdout") await makeDirectory(path, PRIVATE);
    else await retryWhileMissing(async () => await openBelow(destination, path));
  } catch (error) {
    throw writeFailed(path, error);
  }
}

async function openBelow({ kind, path: target }: StoredDestination, path: string): Promise<void> {
  const outer = kind === "directory" ? target : dirname(target);
  await makeDirectory(outer);
  const shared = kind === "directory" ? await sharedBy(outer) : null;
  // The directory of a shard is inside the one that all shards share.
  const directories = dirname(path) === outer ? [path] : [dirname(path), path];
  for (const directory of directories) {
    const isNew = await makeNew(directory, shared === null ? PRIVATE : SHARED);
    if (!isNew) await assertOwn(directory, await probe(outer), shared);
  }
}

/**
 * Creates a temporary directory, returns its metadata and removes it. The metadata contains the owner and mode that the
 * file system reports for this account.
 * @throws the system's error
 */
export async function probe(directory: string): Promise<Stats> {
  // Another run may remove the directory as a leftover at any time.
  return await retryWhileMissing(async () => {
    const path = await mkdtemp(join(directory, ".genscope-"));
    try {
      return await lstat(path);
    } finally {
      await rmdir(path).catch((error: unknown) => {
        if (!isMissingFile(error)) throw error;
      });
    }
  });
}

/** Removes leftovers of {@link probe} from a killed process, unless another account owns them. */
export async function removeProbes(directory: string, workDirectory: string): Promise<void> {
  const { uid } = await lstat(workDirectory);
  const names = (await readdir(directory).catch(() => [])).filter((name) => PROBE.test(name));
  for (const name of names) {
    const path = join(directory, name);
    const isOwn = await lstat(path).then(
      (found) => found.isDirectory() && found.uid === uid,
      () => false,
    );
    // `rmdir` removes only empty directories.
    if (isOwn) await rmdir(path).catch(() => undefined);
  }
}

/** Returns the group that shares the directory; null when only one account uses it. */
async function sharedBy(lake: string): Promise<number | null> {
  const { gid, mode } = await stat(lake);
  return (mode & GROUP_INHERITS) !== 0 && (mode & GROUP_WRITES) !== 0 ? gid : null;
}

async function makeNew(path: string, mode: number): Promise<boolean> {
  try {
    await mkdir(path, PRIVATE);
  } catch (error) {
    if (isTakenName(error)) return false;
    throw error;
  }
  // `mkdir` applies the umask, which would remove the group's permission.
  if (mode !== PRIVATE) await chmod(path, mode);
  return true;
}

async function assertOwn(path: string, own: Stats, shared: number | null): Promise<void> {
  const found = await lstat(path);
  if (!found.isDirectory()) throw refused(path, "is not a directory", "");
  const isOfGroup = shared !== null && found.gid === shared && (found.mode & GROUP_WRITES) !== 0;
  if (found.uid !== own.uid && !isOfGroup) throw refused(path, "belongs to another account", "");
  // A file system that reports a directory of mode 700 as open to everyone does not support modes.
  if ((own.mode & OTHERS_WRITE) !== 0) return;
  const groupMayWrite = found.gid === own.gid || isOfGroup;
  const isOpen = (found.mode & OTHERS_WRITE) !== 0 || ((found.mode & GROUP_WRITES) !== 0 && !groupMayWrite);
  if (isOpen) {
    throw refused(
      path,
      "can be changed by other accounts",
      `, remove their write access with \`chmod go-w ${shellWord(path)}\``,
    );
  }
}

function refused(path: string, why: string, remedy: string): UsageError {
  return new UsageError("usage.work_directory", `\`${path}\` ${why}`, {
    hint: `inspect it with \`ls -la ${shellWord(path)}\`${remedy}, or choose another path with --out PATH`,
  });
}
