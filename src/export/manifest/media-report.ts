import { dirname, join, relative } from "node:path";
import { formatInterval } from "../../analytics/interval.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import { plural } from "../../core/text.ts";
import type { Layout } from "../destination/destination.ts";
import { type MissingMedia, readMediaState } from "../media/media-journal.ts";
import { placedState } from "../part/part-journal.ts";
import type { PartResult } from "../part/part-result.ts";
import type { Gap } from "./manifest.ts";

/** The recording files, and the recordings that have no file. */
export interface ManifestMedia {
  /** Finished files; paths are relative to the manifest. */
  readonly files: readonly {
    readonly part: string;
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  /**
   * Recordings without a file, by part and code. The exported list of recordings contains the code for each recording.
   */
  readonly missing: readonly ({ readonly part: string } & MissingMedia)[];
}

/**
 * Returns the files of the finished parts, including those of recordings that the platform has deleted since.
 */
export async function describeMedia(
  layout: Pick<Layout, "manifestPath" | "mediaDirectory" | "mediaJournalPath">,
  results: readonly PartResult[],
): Promise<ManifestMedia> {
  const from = dirname(layout.manifestPath);
  const files: ManifestMedia["files"][number][] = [];
  const missing: ManifestMedia["missing"][number][] = [];
  for (const { part, state } of results) {
    if (placedState(state) === null) continue;
    const { key } = part;
    const media = await readMediaState(layout.mediaJournalPath(key));
    appendAll(
      missing,
      media.missing.map((each) => ({ part: key, ...each })),
    );
    for (const { name, bytes, sha256 } of media.files.values()) {
      const path = relative(from, join(layout.mediaDirectory(key), name)).replaceAll("\\", "/");
      files.push({ part: key, path, bytes, sha256 });
    }
  }
  return { files: files.toSorted((one, other) => (one.path < other.path ? -1 : 1)), missing };
}

/** Returns one gap per part and code, for the missing files that a later run may still fetch. */
export function mediaGaps(media: ManifestMedia | null, results: readonly PartResult[]): readonly Gap[] {
  const intervals = new Map(results.map(({ part, state }) => [part.key, state.interval]));
  return (media?.missing ?? [])
    .filter(({ isFinal }) => !isFinal)
    .map(({ part, code, reason, recordings }) => {
      const interval = intervals.get(part) ?? null;
      return {
        part,
        interval: interval === null ? null : formatInterval(interval),
        code: "export.media_missing",
        reason: `${plural(recordings, "record")} not fetched: \`${code}\`: ${reason}`,
        correlationId: null,
      };
    });
}
