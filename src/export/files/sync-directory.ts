import { open } from "node:fs/promises";

/**
 * Makes created, renamed and removed names in a directory durable. Windows cannot sync a directory and does
 * not need to.
 */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r").catch(() => null);
  try {
    await directory?.sync();
  } catch {
    return;
  } finally {
    await directory?.close();
  }
}
