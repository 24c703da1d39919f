import { join } from "node:path";
import type { Dataset } from "../../analytics/datasets/dataset.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { FORMATS } from "../writers/formats.ts";
import { canRead } from "../writers/reading/decompressed.ts";
import type { ManifestDifference } from "./difference.ts";
import { compareBytes, formatOf } from "./verify-file.ts";

/**
 * Compares recording files with the manifest, and the manifest with the list of recordings.
 * @throws OutputError when a file can't be read
 */
export async function verifyMedia(
  directory: string,
  manifest: Manifest,
  { table }: Dataset,
  signal: AbortSignal,
): Promise<readonly ManifestDifference[]> {
  const { media, files } = manifest;
  if (media === null) return [];
  const differences: ManifestDifference[] = [];
  for (const file of media.files) {
    signal.throwIfAborted();
    const changed = await compareBytes(directory, file);
    if (changed !== null) differences.push(changed);
  }
  const known = new Set(media.files.map(({ path }) => path));
  for (const file of files.filter((each) => each.table === table)) {
    const path = join(directory, file.path);
    const format = formatOf(file.path);
    if (format === null || !canRead(path)) continue;
    const reader = await FORMATS[format].openContent();
    // A list that cannot be read has already been reported as a difference.
    await reader
      .read(path, ["downloadPath"], (named) => {
        if (named === null || known.has(named)) return;
        const summary = `\`${file.path}\` refers to this file, but the manifest does not list it`;
        differences.push({ kind: "missing-file", subject: named, summary });
      })
      .catch(() => undefined);
  }
  return differences;
}
