import { createHash } from "node:crypto";
import { writeHeader } from "./csv-header.ts";
import type { Layout } from "./destination.ts";
import type { ExportOptions } from "./export-options.ts";
import { piecesOf } from "./file-pieces.ts";
import type { PartResult } from "./manifest.ts";
import { createOwnFile } from "./own-file.ts";
import type { Guard } from "./ownership.ts";
import { standing } from "./part-journal.ts";
import { place } from "./place.ts";
import { writeFailed } from "./write-failed.ts";
import { writeWhole } from "./write-whole.ts";
import type { WrittenFile } from "./written-file.ts";

/**
 * Makes the one file of an export of what its parts have, in their order; they keep their own files until nothing is
 * missing, so that the one file can be made anew whenever one of them was. It takes its name whole.
 * @returns null when no part is there: a file without any would only look like an answer
 * @throws OutputError
 */
export async function joinParts(
  options: ExportOptions,
  layout: Layout,
  results: readonly PartResult[],
  { path, isFinal }: { readonly path: string; readonly isFinal: boolean },
): Promise<WrittenFile | null> {
  const guard = layout.ownership.check;
  const files = results.flatMap(({ part, state }) =>
    (standing(state)?.files ?? []).map((file) => ({ ...file, path: layout.finalPath(part, file.table) })),
  );
  const [first] = files;
  if (first === undefined) return null;
  const header = await writeHeader(options, layout);
  // Nothing is to be added later, so the only part becomes the file without being copied.
  if (isFinal && results.length === 1 && header === null) {
    await place(first.path, path, { guard });
    return { ...first, path };
  }
  const parts = header === null ? files : [header, ...files];
  const joined = await join(parts, layout.assembledPath, layout.ownership.checkNowAndThen);
  await place(layout.assembledPath, path, { guard });
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  return { table: options.dataset.table, path, rows, ...joined };
}

async function join(
  files: readonly WrittenFile[],
  path: string,
  guard: Guard,
): Promise<Pick<WrittenFile, "bytes" | "sha256">> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    await guard();
    const joined = await createOwnFile(path);
    try {
      for (const file of files) {
        for await (const piece of piecesOf(file.path)) {
          await guard();
          await writeWhole(joined, piece, bytes);
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
