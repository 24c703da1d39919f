import { stat } from "node:fs/promises";
import { type ReadBack, readBack } from "../files/read-back.ts";
import type { PartFile } from "../files/written-file.ts";
import { type FinishOptions, workPathOf } from "./finish-part.ts";
import type { PartState } from "./part-journal.ts";

/**
 * Returns why a part cannot be finished from the files on disk: its journal refers to files that are missing
 * or truncated, for example after a cleanup or a disk failure.
 * @returns null when all files are present
 */
export async function findLostFile(
  options: Pick<FinishOptions, "format" | "compression" | "layout" | "part" | "journal">,
): Promise<string | null> {
  const { layout, part, journal } = options;
  const { phase, page, files } = journal.state;
  if (phase === "fetched" && !(await isAsCommitted(layout.spoolPath(part.key), page))) {
    return "its spool is missing or has changed";
  }
  if (phase !== "converted") return null;
  for (const file of files) {
    const size = await sizeOf(workPathOf(options, file.table));
    const final = layout.finalPath(part, file.table);
    if (size === null ? !(await isPlaced(final, file)) : size !== file.bytes) {
      return `its \`${file.table}\` file is missing or has changed`;
    }
  }
  return null;
}

/**
 * Returns whether the final path contains this file. An earlier run may have written a different file there,
 * so the hash is compared.
 */
async function isPlaced(path: string, { bytes, sha256 }: PartFile): Promise<boolean> {
  return (await sizeOf(path)) === bytes && (await readIfPossible(path))?.sha256 === sha256;
}

async function isAsCommitted(path: string, page: PartState["page"]): Promise<boolean> {
  const found = await readIfPossible(path);
  return found?.bytes === (page?.bytes ?? 0) && (page?.crc32 ?? found.crc32) === found.crc32;
}

async function readIfPossible(path: string): Promise<ReadBack | null> {
  return await readBack(path).catch(() => null);
}

/** Returns the size of a file in bytes; null when none exists. */
async function sizeOf(path: string): Promise<number | null> {
  return await stat(path).then(
    ({ size }) => size,
    () => null,
  );
}
