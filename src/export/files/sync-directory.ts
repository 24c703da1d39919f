import { open } from "node:fs/promises";

/** Makes new, renamed and removed names in a directory durable; a system that can't (Windows) does it by itself. */
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
