import { rmdirSync, unlinkSync } from "node:fs";
import { lstat, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hasProcessEnded, PROCESS_TAG, processTag } from "../../core/process-tag.ts";
import type { Processes } from "../../core/processes.ts";
import type { Random } from "../../core/random.ts";
import { redirectPage } from "./redirect-page.ts";

export interface HandOverOptions {
  /** Where the page may lie, the best place first. */
  readonly places: readonly string[];
  readonly processes: Processes;
  readonly random: Random;
  /** The owner of what may be removed; null where files have no numeric owner. */
  readonly userId: number | null;
  /** Starts the browser; its arguments can be read by every account of the machine. */
  readonly start: (address: string) => Promise<void>;
}

const PAGE = "login.html";
const DIRECTORY = new RegExp(`^genscope-login-(${PROCESS_TAG})-[0-9a-f]{16}$`);
const SUFFIX_BYTES = 8;

/**
 * Shows an address in the browser without putting it on a command line. Other accounts can read command lines, and
 * with the address of a login they could answer it with a login of their own: its challenge and state are all that
 * takes. The browser gets the path of a 0600 page in a 0700 directory instead, and the page redirects.
 *
 * A one-time address on the loopback interface would leave no file, but it is a key on a command line again: an
 * account that reads it first and asks first has the address. The page lies in the home directory under a plain name,
 * because a browser from a snap can open neither `/tmp` nor names that begin with a dot.
 * @param until aborted when the page has served its purpose; it is removed at that moment
 * @throws the system's error when the page can't be written or the browser can't be started: the address itself is
 * never handed over instead
 */
export async function handOverToBrowser(
  url: string,
  until: AbortSignal,
  options: HandOverOptions,
): Promise<void> {
  for (const place of options.places) {
    await removeLeftovers(place, options);
  }
  until.throwIfAborted();
  const directory = await makePage(url, options);
  // Not asynchronous: whoever aborts need not wait, and an exit right after it finds the page gone.
  until.addEventListener("abort", () => removePage(directory), { once: true });
  if (until.aborted) {
    removePage(directory);
  }
  until.throwIfAborted();
  await options.start(pathToFileURL(join(directory, PAGE)).href);
}

async function makePage(url: string, { places, processes, random }: HandOverOptions): Promise<string> {
  const suffix = Buffer.from(random.bytes(SUFFIX_BYTES)).toString("hex");
  const failures: unknown[] = [];
  for (const place of places) {
    const directory = join(place, `genscope-login-${processTag(processes)}-${suffix}`);
    try {
      // Without `recursive`, a directory that somebody prepared is an error.
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
  throw new AggregateError(failures, "no directory for the page that leads to the login");
}

/** Removes the pages of logins that were killed; whatever else has such a name stays. */
async function removeLeftovers(
  place: string,
  { processes, userId }: Pick<HandOverOptions, "processes" | "userId">,
): Promise<void> {
  for (const name of await readdir(place).catch(() => [])) {
    const [, tag] = DIRECTORY.exec(name) ?? [];
    if (tag === undefined || !hasProcessEnded(tag, processes)) {
      continue;
    }
    const directory = join(place, name);
    const found = await lstat(directory).catch(() => null);
    if (found?.isDirectory() === true && (userId === null || found.uid === userId)) {
      removePage(directory);
    }
  }
}

/** Removes the page and its directory, which stays when it contains anything else. */
function removePage(directory: string): void {
  try {
    // Removes a link, not what it leads to.
    unlinkSync(join(directory, PAGE));
  } catch {
    // A directory that was left before its page was written has none.
  }
  try {
    rmdirSync(directory);
  } catch {
    // The state in a page that can't be removed is spent; the next login tries again.
  }
}
