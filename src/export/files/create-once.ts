import { link, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { makeDirectory } from "../../core/files/make-directory.ts";
import { createNoFollow } from "../../core/files/open-file.ts";
import { writeAndClose } from "../../core/files/replace-file.ts";
import { syncDirectory } from "../../core/files/sync-directory.ts";
import { isTakenName, systemCode } from "../../core/system-error.ts";
import type { Guard } from "./guard.ts";
import { writeFailed } from "./write-failed.ts";

/** Error codes of file systems without hard links, such as exFAT. */
const NO_LINKS: ReadonlySet<string | null> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/**
 * Creates a file with its complete text, durably. If another process created the file first, its content stays.
 * @throws OutputError
 */
export async function createOnce(
  path: string,
  { besides, text, guard }: { readonly besides: string; readonly text: string; readonly guard: Guard },
): Promise<void> {
  try {
    await guard();
    await makeDirectory(dirname(besides));
    await writeAndClose(await createNoFollow(besides), text);
    await guard();
    await link(besides, path).catch(async (error: unknown) => {
      if (!NO_LINKS.has(systemCode(error))) throw error;
      await writeAndClose(await open(path, "wx"), text);
    });
    await syncDirectory(dirname(path));
  } catch (error) {
    if (!isTakenName(error)) throw writeFailed(path, error);
  } finally {
    await rm(besides, { force: true });
  }
}
