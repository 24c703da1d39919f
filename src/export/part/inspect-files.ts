import type { Layout } from "../destination/destination.ts";
import { readBack, readSeal } from "../files/read-back.ts";
import type { PartFile } from "../files/written-file.ts";
import { placedState } from "./part-journal.ts";
import type { PartResult } from "./part-result.ts";

/** What the finished files of a part are found to be. */
export type Found =
  | { readonly kind: "same" }
  /** As they were written, under other seals: they were copied, or an earlier version placed them. */
  | { readonly kind: "resealed"; readonly seals: readonly string[] }
  | { readonly kind: "changed"; readonly path: string };

/**
 * Compares the finished files of a part with its journal. A file whose seal is the one under which it was read back is
 * taken as it is; any other is read again.
 * @param alternative where the only file of an export may have gone already
 */
export async function inspectFiles(
  layout: Layout,
  { part, state }: PartResult,
  alternative: string | null,
): Promise<Found> {
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

/** The seal of a file that holds what was written; null for any other. */
async function sealedAs(path: string, file: PartFile, known: string | null): Promise<string | null> {
  const seal = await readSeal(path);
  if (seal === null || seal === known) return seal;
  const found = await readBack(path);
  return found?.sha256 === file.sha256 && found.bytes === file.bytes ? found.seal : null;
}
