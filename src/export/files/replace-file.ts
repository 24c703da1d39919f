import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Guard } from "./guard.ts";
import { moveIntoPlace } from "./move-into-place.ts";
import { createNoFollow } from "./no-follow-file.ts";
import { writeFailed } from "./write-failed.ts";

/**
 * Replaces a file by an atomic rename, durably. The text is first written to `besides`, a path that only the
 * owner of the destination knows.
 * @throws OutputError
 */
export async function replaceFile(
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
  } catch (error) {
    throw writeFailed(path, error);
  }
  await moveIntoPlace(besides, path, { guard });
}
