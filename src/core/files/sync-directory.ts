import { open } from "node:fs/promises";
import { isDiskFull, systemCode } from "../system-error.ts";

/**
 * Makes changes of names in a directory durable: files that were created, renamed or removed. Windows and some
 * network file systems cannot sync a directory. There, the file system decides when the changes become durable.
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
