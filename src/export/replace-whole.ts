import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { place } from "./place.ts";
import { writeFailed } from "./write-failed.ts";

/**
 * Replaces a file whole or not at all, and durably. It is written at `besides` first, always the same path: only the
 * holder of the lock writes, and so overwrites what a crash left there instead of adding to it.
 * @throws OutputError
 */
export async function replaceWhole(path: string, besides: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(besides), { recursive: true });
    const file = await open(besides, "w");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw writeFailed(path, error);
  }
  await place(besides, path);
}
