import { lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasProcessEnded, PROCESS_TAG, processTag } from "../core/files/process-tag.ts";
import type { Surroundings } from "./surroundings.ts";

/** `mkdtemp` adds six characters to the tag of the process. */
const NAME = new RegExp(`^genscope-(${PROCESS_TAG})-[A-Za-z0-9]{6}$`);

/**
 * Creates a directory that only this user can enter, and removes it at the end of the run. Removes directories that
 * killed runs of the same user left behind.
 */
export async function makeTemporaryDirectory(
  surroundings: Pick<Surroundings, "cleanUps" | "processes" | "userId">,
  parent = tmpdir(),
): Promise<string> {
  await removeLeftovers(parent, surroundings);
  const path = await mkdtemp(join(parent, `genscope-${processTag(surroundings.processes)}-`));
  surroundings.cleanUps.push(async () => await rm(path, { recursive: true, force: true }));
  return path;
}

/**
 * Removes the temporary directories that killed runs left behind. A directory that cannot be read or removed stays,
 * without an error.
 */
async function removeLeftovers(
  parent: string,
  { processes, userId }: Pick<Surroundings, "processes" | "userId">,
): Promise<void> {
  const ownTag = processTag(processes);
  for (const name of await readdir(parent).catch(() => [])) {
    const [, tag] = NAME.exec(name) ?? [];
    // This process may have created another directory before.
    if (tag === undefined || tag === ownTag || !hasProcessEnded(tag, processes)) continue;
    const path = join(parent, name);
    const found = await lstat(path).catch(() => null);
    if (found?.isDirectory() !== true || (userId !== null && found.uid !== userId)) continue;
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
