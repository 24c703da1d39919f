import { open } from "node:fs/promises";
import { isDiskFull, systemCode } from "../system-error.ts";

/**
 * Makes created, renamed and removed names in a directory durable. Windows and some network file systems cannot
 * sync a directory; there the file system itself decides when names are durable.
 * @throws the system's error when the disk fails or is full
 */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r").catch(() => null);
  try {
    await directory?.sync();
  } catch (error) {
    if (systemCode(error) === "EIO" || isDiskFull(error)) throw error;
  } finally {
    await directory?.close();
  }
}
