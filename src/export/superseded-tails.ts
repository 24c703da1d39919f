import { readdir, rm } from "node:fs/promises";
import { isMissingFile } from "../core/missing-file.ts";
import type { Layout } from "./destination.ts";
import type { Part } from "./part.ts";
import { readPartState } from "./part-journal.ts";

/** Removes provisional parts that the lake has overtaken: their conversations are in the day's own part now. */
export async function removeSupersededTails(layout: Layout, parts: readonly Part[]): Promise<void> {
  const wanted = new Set(parts.map(({ key }) => key));
  const names = await readdir(layout.partsDirectory).catch((error: unknown) => {
    if (isMissingFile(error)) return [];
    throw error;
  });
  for (const key of names.filter((name) => name.endsWith("-tail") && !wanted.has(name))) {
    const { files } = await readPartState(layout.journalPath(key));
    for (const file of files) await rm(file.path, { force: true });
    await rm(layout.partDirectory(key), { recursive: true });
  }
}
