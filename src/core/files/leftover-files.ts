import { lstat, readdir, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Processes } from "../processes.ts";
import { hasProcessEnded, PROCESS_TAG } from "./process-tag.ts";
import { SUFFIX_BYTES } from "./replace-file.ts";

/** Suffix of a temporary file: tag and suffix of `replaceFile`. */
const REST = new RegExp(`^(${PROCESS_TAG})\\.[0-9a-f]{${SUFFIX_BYTES * 2}}$`);

/**
 * Removes the temporary files next to `path` that a killed process left when it was in `replaceFile`. A file
 * is removed only when its name has the writer's tag, the writer has ended, and it is a regular file of this
 * user; links are not followed. A file that cannot be removed stays, without an error.
 * @param userId null where files have no numeric owner
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
