import { createHash } from "node:crypto";
import { createNoFollow } from "../../core/files/open-file.ts";
import type { Layout } from "../destination/destination.ts";
import type { Guard } from "../files/guard.ts";
import { moveIntoPlace } from "../files/move-into-place.ts";
import { readChunks } from "../files/read-chunks.ts";
import { writeFailed } from "../files/write-failed.ts";
import { writeFully } from "../files/write-fully.ts";
import type { WrittenFile } from "../files/written-file.ts";
import type { ExportQuestion } from "../options/export-question.ts";
import { placedState } from "../part/part-journal.ts";
import type { PartResult } from "../part/part-result.ts";
import { type HeaderOptions, writeHeader } from "./write-header.ts";

/**
 * Joins the files of all parts, in order, into the single output file, and renames it atomically. The parts keep their
 * own files until nothing is missing, so that the output file can be rebuilt.
 * @returns null when no part is available, because an empty file would look like a result
 * @throws OutputError
 */
export async function joinParts(
  options: HeaderOptions & Pick<ExportQuestion, "dataset">,
  layout: Layout,
  results: readonly PartResult[],
  { path, isFinal }: { readonly path: string; readonly isFinal: boolean },
): Promise<WrittenFile | null> {
  const guard = layout.ownership.check;
  const files = results.flatMap(({ part, state }) =>
    (placedState(state)?.files ?? []).map((file) => ({ ...file, path: layout.finalPath(part, file.table) })),
  );
  const [first] = files;
  if (first === undefined) return null;
  const header = await writeHeader(options, layout);
  // No data will be added later, so the only part's file is renamed instead of copied.
  if (isFinal && results.length === 1 && header === null) {
    await moveIntoPlace(first.path, path, { guard });
    return { ...first, path };
  }
  const paths = [...(header === null ? [] : [header]), ...files.map((file) => file.path)];
  const joined = await join(paths, layout.assembledPath, layout.ownership.checkNowAndThen);
  await moveIntoPlace(layout.assembledPath, path, { guard });
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  return { table: options.dataset.table, path, rows, ...joined };
}

async function join(
  from: readonly string[],
  path: string,
  guard: Guard,
): Promise<Pick<WrittenFile, "bytes" | "sha256">> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    await guard();
    const joined = await createNoFollow(path);
    try {
      for (const each of from) {
        for await (const piece of readChunks(each)) {
          await guard();
          await writeFully(joined, piece, bytes);
          hash.update(piece);
          bytes += piece.length;
        }
      }
      await joined.sync();
    } finally {
      await joined.close();
    }
  } catch (error) {
    throw writeFailed(path, error);
  }
  return { bytes, sha256: hash.digest("hex") };
}
