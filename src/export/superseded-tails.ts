import { readdir, rm } from "node:fs/promises";
import { isMissingFile } from "../core/missing-file.ts";
import type { Layout } from "./destination.ts";
import type { PartResult } from "./manifest.ts";
import { tailKeyOf } from "./part.ts";
import { readPartState, standing } from "./part-journal.ts";

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
      kept.push({ part: { key, date: null, interval: state.interval, isProvisional: true }, state });
      continue;
    }
    for (const file of standing(state)?.files ?? []) await rm(file.path, { force: true });
    await rm(layout.partDirectory(key), { recursive: true });
  }
  return kept;
}
