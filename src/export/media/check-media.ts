import { join } from "node:path";
import type { Layout } from "../destination/destination.ts";
import { readBack, readSeal } from "../files/read-back.ts";
import { readMediaState, type SealedMedia } from "./media-journal.ts";

/** Result of comparing the file of a recording with the journal. */
export type CheckedMedia =
  | { readonly kind: "same"; readonly id: string; readonly path: string }
  | { readonly kind: "resealed"; readonly id: string; readonly path: string; readonly seal: string }
  | { readonly kind: "changed"; readonly id: string; readonly path: string };

/** Compares a file with the journal. A file with the recorded seal is trusted; any other file is read again. */
export async function checkMedia(layout: Layout, key: string, file: SealedMedia): Promise<CheckedMedia> {
  const { id } = file;
  const path = join(layout.mediaDirectory(key), file.name);
  const seal = await readSeal(path);
  if (seal !== null && seal === file.seal) return { kind: "same", id, path };
  const found = seal === null ? null : await readBack(path);
  const isWhole = found?.sha256 === file.sha256 && found.bytes === file.bytes;
  return found !== null && isWhole
    ? { kind: "resealed", id, path, seal: found.seal }
    : { kind: "changed", id, path };
}

/** Compares all files of a part with its journal, and returns those with a different seal or content. */
export async function checkAllMedia(layout: Layout, key: string): Promise<readonly CheckedMedia[]> {
  const { files } = await readMediaState(layout.mediaJournalPath(key));
  const checked: CheckedMedia[] = [];
  for (const file of files.values()) {
    const found = await checkMedia(layout, key, file);
    if (found.kind !== "same") checked.push(found);
  }
  return checked;
}
