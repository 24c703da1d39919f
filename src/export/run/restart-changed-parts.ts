import type { Layout } from "../destination/destination.ts";
import { checkAllMedia } from "../media/check-media.ts";
import { MediaStore } from "../media/media-store.ts";
import type { ExportPorts } from "../options/export-ports.ts";
import type { ExportTarget } from "../options/export-target.ts";
import { inspectFiles } from "../part/inspect-files.ts";
import type { Part } from "../part/part.ts";
import { PartJournal, readPartState } from "../part/part-journal.ts";

/**
 * Restarts every part whose finished files were changed, for example by a disk failure or an edit.
 * @returns the number of restarted parts
 * @throws OutputError
 */
export async function restartChangedParts(
  { destination, listener }: Pick<ExportTarget, "destination"> & Pick<ExportPorts, "listener">,
  layout: Layout,
  parts: readonly Part[],
): Promise<number> {
  // The only part of a single-file export is renamed to the output file, so after a crash, its file may be at either
  // path.
  const alternative = destination.kind === "file" && parts.length === 1 ? destination.path : null;
  let changed = 0;
  for (const part of parts) {
    const path = layout.journalPath(part.key);
    const state = await readPartState(path);
    if (state.phase !== "placed") continue;
    const found = await inspectFiles(layout, { part, state }, alternative);
    const lost = await settleMedia(layout, part.key);
    if (found.kind === "same" && lost === null) continue;
    const journal = await PartJournal.open(path, layout.ownership.check);
    try {
      if (found.kind === "resealed") await journal.append({ kind: "sealed", seals: found.seals });
      if (found.kind !== "changed" && lost === null) continue;
      await journal.append({ kind: "restarted", reason: "its finished files are missing or have changed" });
    } finally {
      await journal.close();
    }
    listener.changed({ part: part.key, path: found.kind === "changed" ? found.path : (lost ?? "") });
    changed += 1;
  }
  return changed;
}

/**
 * Records which recording files differ from the journal.
 * @returns the path of a file whose content differs; null when none exists
 */
async function settleMedia(layout: Layout, key: string): Promise<string | null> {
  const checked = await checkAllMedia(layout, key);
  if (checked.length === 0) return null;
  const store = await MediaStore.open(layout, key);
  try {
    for (const each of checked) await store.settle(each);
  } finally {
    await store.close();
  }
  return checked.find(({ kind }) => kind === "changed")?.path ?? null;
}
