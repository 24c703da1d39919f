import { lstatSync, mkdirSync } from "node:fs";
import module from "node:module";
import { isAbsolute, join } from "node:path";
import { isTakenName } from "../core/system-error.ts";
import { DIRECTORY_VARIABLE } from "./directories.ts";
import type { Surroundings } from "./surroundings.ts";

type CacheMachine = Pick<Surroundings, "env" | "platform" | "userId">;

/**
 * A function that Node has had since 22.1. `@types/node` lacks it, because it describes the oldest Node that genscope
 * supports.
 */
interface CachingModule {
  readonly enableCompileCache?: (directory: string) => unknown;
}

/**
 * Lets Node keep compiled code in a directory of this user, so that the next start-up does not compile it again. Does
 * nothing if Node has no such cache or there is no private directory, because the cache only saves time.
 */
export function enableCompileCache(
  machine: CacheMachine,
  node: CachingModule = module as CachingModule,
): void {
  if (node.enableCompileCache === undefined) return;
  const directory = openPrivateDirectory(machine);
  if (directory !== null) node.enableCompileCache(directory);
}

/**
 * Returns the cache directory, created if necessary; null unless it is private. Node runs cached code without checking
 * it, so another account that can write to the directory could run code here.
 */
function openPrivateDirectory(machine: CacheMachine): string | null {
  const [home, ...names] = cachePath(machine);
  // A relative directory may be in a work tree, whose files come from other people.
  if (home === undefined || !isAbsolute(home)) return null;
  try {
    let path = home;
    for (const name of names) {
      path = join(path, name);
      makeDirectory(path);
    }
    const found = lstatSync(path);
    const isPrivate = machine.userId === null || (found.uid === machine.userId && (found.mode & 0o077) === 0);
    return found.isDirectory() && isPrivate ? path : null;
  } catch {
    // The home directory is missing, read-only or full.
    return null;
  }
}

/** Creates one directory but not its parents, so that a missing home is not created. */
function makeDirectory(path: string): void {
  try {
    mkdirSync(path, 0o700);
  } catch (error) {
    if (!isTakenName(error)) throw error;
  }
}

/**
 * Returns the directory that must exist, and the names below it that may be created. Uses only the environment, because
 * loading `env-paths` would take as long as the cache saves.
 */
function cachePath({ env, platform }: CacheMachine): readonly [string | undefined, ...string[]] {
  const own = env[DIRECTORY_VARIABLE] ?? "";
  if (own !== "") return [own, "cache", "compiled"];
  if (platform === "win32") return [env["LOCALAPPDATA"], "genscope", "Cache", "compiled"];
  if (platform === "darwin") return [env["HOME"], "Library", "Caches", "genscope", "compiled"];
  const cache = env["XDG_CACHE_HOME"] ?? "";
  return cache === "" ? [env["HOME"], ".cache", "genscope", "compiled"] : [cache, "genscope", "compiled"];
}
