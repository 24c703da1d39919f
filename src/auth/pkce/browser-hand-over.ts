import { rmdirSync, unlinkSync } from "node:fs";
import { lstat, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hasProcessEnded, PROCESS_TAG, processTag } from "../../core/files/process-tag.ts";
import type { Processes } from "../../core/processes.ts";
import type { Random } from "../../core/random.ts";
import { redirectPage } from "./redirect-page.ts";

export interface HandOverOptions {
  /** Directories in which the page may be created, in order of preference. */
  readonly places: readonly string[];
  readonly processes: Processes;
  readonly random: Random;
  /** Owner of the pages that may be removed; null where files have no numeric owner. */
  readonly userId: number | null;
  /** Starts the browser. Every account on the machine can read these arguments. */
  readonly start: (address: string) => Promise<void>;
}

const PAGE = "login.html";
const DIRECTORY = new RegExp(`^genscope-login-(${PROCESS_TAG})-[0-9a-f]{16}$`);
const SUFFIX_BYTES = 8;

/**
 * Opens a URL in the browser without putting it on a command line. Other accounts can read command lines, and the
 * challenge and state in a login URL are all they need to complete it with their own login. The browser gets the path
 * of a 0600 page in a 0700 directory instead, and the page redirects.
 *
 * A one-time address on the loopback interface would leave no file, but it would be a secret on a command line too.
 * An account that reads it and requests it first gets the login URL. The page is stored in the home directory under a
 * plain name, because a browser installed as a snap can open neither `/tmp` nor names that begin with a dot.
 * @param until aborted when the page has served its purpose; the page is removed at that moment
 * @throws the system's error when the page can't be written or the browser can't be started; the URL itself is never
 * passed instead
 */
export async function handOverToBrowser(
  url: string,
  until: AbortSignal,
  options: HandOverOptions,
): Promise<void> {
  for (const place of options.places) await removeLeftovers(place, options);
  until.throwIfAborted();
  const directory = await makePage(url, options);
  // Synchronous, so that the abort does not have to wait and an exit right after it leaves no page behind.
  until.addEventListener("abort", () => removePage(directory), { once: true });
  if (until.aborted) removePage(directory);
  until.throwIfAborted();
  await options.start(pathToFileURL(join(directory, PAGE)).href);
}

async function makePage(url: string, { places, processes, random }: HandOverOptions): Promise<string> {
  const suffix = Buffer.from(random.bytes(SUFFIX_BYTES)).toString("hex");
  const failures: unknown[] = [];
  for (const place of places) {
    const directory = join(place, `genscope-login-${processTag(processes)}-${suffix}`);
    try {
      // Without `recursive`, an existing directory, perhaps planted by another account, is an error.
      await mkdir(directory, { mode: 0o700 });
      try {
        await writeFile(join(directory, PAGE), redirectPage(url), { flag: "wx", mode: 0o600 });
        return directory;
      } catch (error) {
        removePage(directory);
        throw error;
      }
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, "no private directory is available for the login page");
}

/** Removes the pages of logins that were killed. Leaves anything else with a similar name alone. */
async function removeLeftovers(
  place: string,
  { processes, userId }: Pick<HandOverOptions, "processes" | "userId">,
): Promise<void> {
  for (const name of await readdir(place).catch(() => [])) {
    const [, tag] = DIRECTORY.exec(name) ?? [];
    if (tag === undefined || !hasProcessEnded(tag, processes)) continue;
    const directory = join(place, name);
    const found = await lstat(directory).catch(() => null);
    if (found?.isDirectory() === true && (userId === null || found.uid === userId)) removePage(directory);
  }
}

/** Removes the page and its directory. A directory that contains anything else stays. */
function removePage(directory: string): void {
  try {
    // `unlink` removes a symbolic link, not its target.
    unlinkSync(join(directory, PAGE));
  } catch {
    // A process that was killed before it wrote the page leaves an empty directory.
  }
  try {
    rmdirSync(directory);
  } catch {
    // A page that can't be removed is harmless, because its state has already been used. The next login tries
    // again.
  }
}
