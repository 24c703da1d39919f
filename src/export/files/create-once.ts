import { link, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Guard } from "./guard.ts";
import { createNoFollow } from "./no-follow-file.ts";
import { syncDirectory } from "./sync-directory.ts";
import { writeFailed } from "./write-failed.ts";

/** Error codes of file systems without hard links, such as exFAT. */
const NO_LINKS: ReadonlySet<unknown> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/**
 * Creates a file with its complete text, durably. If another process has created the file first, that one
 * stays.
 * @throws OutputError
 */
export async function createOnce(
  path: string,
  { besides, text, guard }: { readonly besides: string; readonly text: string; readonly guard: Guard },
): Promise<void> {
  try {
    await guard();
    await mkdir(dirname(besides), { recursive: true });
    const file = await createNoFollow(besides);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await guard();
    await link(besides, path).catch(async (error: unknown) => {
      if (!NO_LINKS.has(codeOf(error))) throw error;
      await writeNew(path, text);
    });
    await syncDirectory(dirname(path));
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw writeFailed(path, error);
  } finally {
    await rm(besides, { force: true });
  }
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}
