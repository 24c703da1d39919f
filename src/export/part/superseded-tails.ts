import { readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncDirectory } from "../../core/files/sync-directory.ts";
import { isMissingFile } from "../../core/system-error.ts";
import type { Layout } from "../destination/destination.ts";
import { writeFailed } from "../files/write-failed.ts";
import { dateOfKey, type Part, tailKeyOf } from "./part.ts";
import { type PartState, placedState, readPartState } from "./part-journal.ts";
import type { PartResult } from "./part-result.ts";

/**
 * Removes the provisional tail of a day once the day's own part overlaps it. The tail's records are in the part or are
 * fetched again. A tail that begins where the part ends stays. If a crash interrupts the removal, the next call removes
 * the rest.
 * @throws OutputError
 */
export async function removeOvertakenTail(layout: Layout, { key, interval }: Part): Promise<void> {
  const tailKey = tailKeyOf(key);
  const state = await readPartState(layout.journalPath(tailKey));
  const tail = placedState(state)?.interval ?? null;
  if (tail === null || interval === null || tail.startMs >= interval.endMs) return;
  await removeTail(layout, tailKey, state);
}

async function partNames({ partsDirectory }: Layout): Promise<readonly string[]> {
  return await readdir(partsDirectory).catch((error: unknown) => {
    if (isMissingFile(error)) return [];
    throw error;
  });
}

/**
 * Removes provisional parts whose conversations the day's own part now contains. If the day itself could not
 * be fetched, its tail stays as the best data available.
 * @returns the parts that stay
 */
export async function removeSupersededTails(
  layout: Layout,
  results: readonly PartResult[],
): Promise<readonly PartResult[]> {
  const wanted = new Set(results.map(({ part }) => part.key));
  const missing = new Set(
    results.filter(({ state }) => state.phase !== "placed").map(({ part }) => tailKeyOf(part.key)),
  );
  const overtaken = (await partNames(layout)).filter(
    (name) => name.endsWith(tailKeyOf("")) && !wanted.has(name),
  );
  const kept: PartResult[] = [];
  for (const key of overtaken) {
    const state = await readPartState(layout.journalPath(key));
    if (missing.has(key)) {
      kept.push({
        part: { key, date: dateOfKey(key), interval: state.interval, isProvisional: true },
        state,
      });
      continue;
    }
    await removeTail(layout, key, state);
  }
  return kept;
}

/**
 * Removes the parts of earlier runs that are not among the results of this one, with their recording files. If a crash
 * interrupts the removal, the next call removes the rest.
 * @throws OutputError
 */
export async function removeReplacedParts(layout: Layout, results: readonly PartResult[]): Promise<void> {
  const wanted = new Set(results.map(({ part }) => part.key));
  for (const key of (await partNames(layout)).filter((name) => !wanted.has(name))) {
    await removeMedia(layout, key);
    await removeTail(layout, key, await readPartState(layout.journalPath(key)));
  }
}

/** Removes a part's recording files by moving them to the owner's directory first, like a table. */
async function removeMedia(layout: Layout, key: string): Promise<void> {
  const aside = join(layout.partDirectory(key), "removed-media");
  await layout.ownership.check();
  await rename(layout.mediaDirectory(key), aside).catch((error: unknown) => {
    if (!isMissingFile(error)) throw writeFailed(aside, error);
  });
}

/**
 * Removes a part and syncs its directory. The files are deleted first, because only the journal lists them.
 * @throws OutputError
 */
async function removeTail(layout: Layout, key: string, state: PartState): Promise<void> {
  const directory = layout.partDirectory(key);
  try {
    for (const { table } of placedState(state)?.files ?? []) await removeFinal(layout, key, table);
    await layout.ownership.check();
    await rm(directory, { recursive: true, force: true });
    await syncDirectory(layout.partsDirectory);
  } catch (error) {
    throw writeFailed(directory, error);
  }
}

/**
 * Removes a finished file by moving it to the owner's directory first. A process that no longer owns the
 * destination lacks that directory, so it cannot remove a file that its successor placed.
 */
async function removeFinal(layout: Layout, key: string, table: string): Promise<void> {
  const path = layout.finalPath({ key, date: dateOfKey(key) }, table);
  const aside = layout.workPath(key, `removed-${table}`);
  await layout.ownership.check();
  await rename(path, aside).catch((error: unknown) => {
    if (!isMissingFile(error)) throw error;
  });
  await syncDirectory(dirname(path));
  await rm(aside, { force: true });
}
