import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isMissingFile } from "../system-error.ts";

/** One of the files of a lock. Each holder creates one. */
export interface LockEntry {
  readonly path: string;
  /** Number of the holder. 0 means the single lock file of earlier versions. */
  readonly number: number;
  readonly text: string;
}

export function lockEntryPath(path: string, number: number): string {
  return `${path}.${number}`;
}

/**
 * Lists the files of a lock, sorted by number.
 * @throws the system's error when the directory or a file cannot be read
 */
export async function listLockEntries(path: string): Promise<readonly LockEntry[]> {
  const directory = dirname(path);
  const names = await readdir(directory);
  const entries: LockEntry[] = [];
  for (const name of names) {
    const number = numberOf(name, basename(path));
    if (number === null) continue;
    const entry = join(directory, name);
    // The holder may have removed its file after the directory was read. The file then no longer counts.
    const text = await readFile(entry, "utf8").catch((error: unknown) => {
      if (isMissingFile(error)) return null;
      throw error;
    });
    if (text !== null) entries.push({ path: entry, number, text });
  }
  return entries.sort((one, other) => one.number - other.number);
}

function numberOf(name: string, lock: string): number | null {
  if (name === lock) return 0;
  if (!name.startsWith(`${lock}.`)) return null;
  const digits = name.slice(lock.length + 1);
  return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : null;
}
