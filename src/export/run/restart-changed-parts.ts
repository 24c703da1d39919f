import type { Layout } from "../destination/destination.ts";
import type { ExportPorts } from "../options/export-ports.ts";
import type { ExportTarget } from "../options/export-target.ts";
import { inspectFiles } from "../part/inspect-files.ts";
import type { Part } from "../part/part.ts";
import { PartJournal, readPartState } from "../part/part-journal.ts";

/**
 * Begins every part anew whose finished files are not what was written, as after two runs that mixed, after a disk that
 * lost something, or after somebody changed a file.
 * @returns the number of those parts
 * @throws OutputError
 */
export async function restartChangedParts(
  { destination, listener }: Pick<ExportTarget, "destination"> & Pick<ExportPorts, "listener">,
  layout: Layout,
  parts: readonly Part[],
): Promise<number> {
  // The only part of a file takes the file's name, so that a crash leaves it there or here.
  const alternative = destination.kind === "file" && parts.length === 1 ? destination.path : null;
  let changed = 0;
  for (const part of parts) {
    const path = layout.journalPath(part.key);
    const state = await readPartState(path);
    if (state.phase !== "placed") continue;
    const found = await inspectFiles(layout, { part, state }, alternative);
    if (found.kind === "same") continue;
    const journal = await PartJournal.open(path, layout.ownership.check);
    try {
      if (found.kind === "resealed") {
        await journal.append({ kind: "sealed", seals: found.seals });
        continue;
      }
      await journal.append({ kind: "restarted", reason: "its finished files are gone or changed" });
    } finally {
      await journal.close();
    }
    listener.changed({ part: part.key, path: found.path });
    changed += 1;
  }
  return changed;
}
