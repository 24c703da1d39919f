import type { Layout } from "../destination/destination.ts";
import { readBack, readSeal } from "../files/read-back.ts";
import type { PartFile } from "../files/written-file.ts";
import { placedState } from "./part-journal.ts";
import type { PartResult } from "./part-result.ts";

/** Result of comparing a part's finished files with its journal. */
export type FileComparison =
  | { readonly kind: "same" }
  /**
   * The content is unchanged but the seals differ, because the files were copied or were placed by an earlier version.
   */
  | { readonly kind: "resealed"; readonly seals: readonly string[] }
  | { readonly kind: "changed"; readonly path: string };

/**
 * Compares the finished files of a part with its journal. A file with the recorded seal is trusted; any other
 * file is read again.
 * @param alternative path to which the only file of an export may already have been moved
 */
export async function inspectFiles(
  layout: Layout,
  { part, state }: PartResult,
  alternative: string | null,
): Promise<FileComparison> {
  const placed = placedState(state);
  if (placed === null) return { kind: "same" };
  const seals: string[] = [];
  for (const [index, file] of placed.files.entries()) {
    const path = layout.finalPath(part, file.table);
    const seal = await sealedAs(path, file, placed.seals[index] ?? null);
    const found = seal ?? (alternative === null ? null : await sealedAs(alternative, file, null));
    if (found === null) return { kind: "changed", path };
    seals.push(found);
  }
  const isSame = seals.every((seal, index) => seal === placed.seals[index]);
  return isSame ? { kind: "same" } : { kind: "resealed", seals };
}

/** Returns the seal of an unchanged file; null for any other file. */
async function sealedAs(path: string, file: PartFile, known: string | null): Promise<string | null> {
  const seal = await readSeal(path);
  if (seal === null || seal === known) return seal;
  const found = await readBack(path);
  return found?.sha256 === file.sha256 && found.bytes === file.bytes ? found.seal : null;
}
