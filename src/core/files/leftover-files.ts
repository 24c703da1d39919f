import { lstat, readdir, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Processes } from "../processes.ts";
import { hasProcessEnded, PROCESS_TAG } from "./process-tag.ts";
import { SUFFIX_BYTES } from "./replace-file.ts";

/** Matches the end of a temporary file's name: the tag and random suffix that `replaceFile` appends. */
const REST = new RegExp(`^(${PROCESS_TAG})\\.[0-9a-f]{${SUFFIX_BYTES * 2}}$`);

/**
 * Removes temporary files next to `path` that `replaceFile` left behind when its process was killed. Removes a file
 * only if its name contains a process tag, that process has ended, and it is a regular file of this user. Does not
 * follow links. A file that cannot be removed stays, without an error.
 * @param userId numeric id of the user; null on systems without numeric file owners
 */
export async function removeLeftovers(
  path: string,
  { processes, userId }: { readonly processes: Processes; readonly userId: number | null },
): Promise<void> {
  const directory = dirname(path);
  const start = `.${basename(path)}.`;
  for (const name of await readdir(directory).catch(() => [])) {
    const [, tag] = name.startsWith(start) ? (REST.exec(name.slice(start.length)) ?? []) : [];
    if (tag === undefined || !hasProcessEnded(tag, processes)) continue;
    const leftover = join(directory, name);
    const found = await lstat(leftover).catch(() => null);
    if (found?.isFile() === true && (userId === null || found.uid === userId)) {
      await unlink(leftover).catch(() => {});
    }
  }
}
