import { readdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { isMissingFile } from "../../core/missing-file.ts";
import type { Layout } from "../destination/destination.ts";
import { syncDirectory } from "../files/sync-directory.ts";
import { writeFailed } from "../files/write-failed.ts";
import { dateOfKey, type Part, tailKeyOf } from "./part.ts";
import { type PartState, placedState, readPartState } from "./part-journal.ts";
import type { PartResult } from "./part-result.ts";

/**
 * Removes the tail of a day that the day's own part has overtaken: what it holds is in that part now, or comes anew.
 * A crash in between leaves what doing it again removes. A tail that goes on where the part ends stays.
 * @throws OutputError
 */
export async function dropOvertakenTail(layout: Layout, { key, interval }: Part): Promise<void> {
  const tailKey = tailKeyOf(key);
  const state = await readPartState(layout.journalPath(tailKey));
  const tail = placedState(state)?.interval ?? null;
  if (tail === null || interval === null || tail.startMs >= interval.endMs) return;
  await removeTail(layout, tailKey, state);
}

/**
 * Removes provisional parts that the lake has overtaken: their conversations are in the day's own part now. One whose
 * day could not be had this time stays, and what it holds is still what there is.
 * @returns those that stay
 */
export async function removeSupersededTails(
  layout: Layout,
  results: readonly PartResult[],
): Promise<readonly PartResult[]> {
  const wanted = new Set(results.map(({ part }) => part.key));
  const missing = new Set(
    results.filter(({ state }) => state.phase !== "placed").map(({ part }) => tailKeyOf(part.key)),
  );
  const names = await readdir(layout.partsDirectory).catch((error: unknown) => {
    if (isMissingFile(error)) return [];
    throw error;
  });
  const overtaken = names.filter((name) => name.endsWith(tailKeyOf("")) && !wanted.has(name));
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

/** Its files first, as nobody else knows of them; durable when it resolves. @throws OutputError */
async function removeTail(layout: Layout, key: string, state: PartState): Promise<void> {
  const directory = layout.partDirectory(key);
  try {
    for (const { table } of placedState(state)?.files ?? []) {
      await removeFinal(layout, key, table);
    }
    await layout.ownership.check();
    await rm(directory, { recursive: true, force: true });
    await syncDirectory(layout.partsDirectory);
  } catch (error) {
    throw writeFailed(directory, error);
  }
}

/**
 * Removes a finished file by way of the owner's directory: for a process that no longer owns the destination that
 * directory is gone, so that it can't remove what its successor has placed.
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
