import { stat } from "node:fs/promises";
import { hashFile } from "../files/hash-file.ts";
import type { PartFile } from "../files/written-file.ts";
import { type FinishOptions, workPathOf } from "./finish-part.ts";

/**
 * Why a part can't be finished with what is on the disk: its journal speaks of files that are gone or cut short, as
 * after somebody cleared up, or after a disk that lost what it had flushed.
 * @returns null when everything is there
 */
export async function findLostFile(
  options: Pick<FinishOptions, "format" | "compression" | "layout" | "part" | "journal">,
): Promise<string | null> {
  const { layout, part, journal } = options;
  const { phase, page, files } = journal.state;
  if (phase === "fetched" && (await sizeOf(layout.spoolPath(part.key))) !== (page?.bytes ?? 0)) {
    return "its spool is gone or another";
  }
  if (phase !== "converted") return null;
  for (const file of files) {
    const size = await sizeOf(workPathOf(options, file.table));
    const final = layout.finalPath(part, file.table);
    if (size === null ? !(await isPlaced(final, file)) : size !== file.bytes) {
      return `its file of \`${file.table}\` is gone or another`;
    }
  }
  return null;
}

/** What has the name may be of an earlier run: only the hash tells. */
async function isPlaced(path: string, { bytes, sha256 }: PartFile): Promise<boolean> {
  return (await sizeOf(path)) === bytes && (await hashFile(path)) === sha256;
}

/** In bytes; null where there is no file. */
async function sizeOf(path: string): Promise<number | null> {
  return await stat(path).then(
    ({ size }) => size,
    () => null,
  );
}
