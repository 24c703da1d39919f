import { join, relative } from "node:path";
import type { Dataset } from "../../analytics/datasets/dataset.ts";
import { hasDays } from "../../analytics/datasets/dataset-access.ts";
import { allDatasets } from "../../analytics/datasets/datasets.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { ManifestDifference } from "./difference.ts";
import { type FoundManifests, findManifests } from "./find-manifests.ts";
import { findForeignFiles } from "./foreign-files.ts";
import { findMissingTime } from "./missing-time.ts";
import { findWrongCounts } from "./record-counts.ts";
import { UniqueIds } from "./unique-ids.ts";
import { verifyFile } from "./verify-file.ts";
import { verifyMedia } from "./verify-media.ts";

/** The result of a verification: the compared files and every difference. */
export interface VerifiedExport {
  /** Paths of the manifests, relative to the directory of the export. */
  readonly manifests: readonly string[];
  readonly files: number;
  readonly bytes: number;
  readonly records: number;
  readonly differences: readonly ManifestDifference[];
  /** Files whose rows were not read, so that only size and hash were compared. */
  readonly unread: readonly string[];
}

interface VerifyOptions {
  readonly path: string;
  /** Directory for ids that do not fit in memory. */
  readonly temporaryDirectory: string;
  readonly signal: AbortSignal;
  onFile(done: number, total: number): void;
}

/**
 * Reads every file of a finished export again and compares it with the manifest: size, hash, rows, and unique ids. Also
 * finds time that no part covers, parts that lack records, and files that no manifest lists.
 * @throws UsageError `usage.manifest` when there is no manifest; OutputError for a damaged one or an unreadable file
 */
export async function verifyExport(options: VerifyOptions): Promise<VerifiedExport> {
  const found = await findManifests(options.path);
  const { directory, manifests } = found;
  const files = manifests.flatMap(({ manifest }) => manifest.files.map((file) => ({ file, manifest })));
  const differences: ManifestDifference[] = [
    ...found.missing,
    ...(found.missing.length > 0 ? [] : findMissingTime(manifests.map(({ manifest }) => manifest))),
    ...manifests.flatMap(({ manifest, path }) => findWrongCounts(manifest, path, datasetOf(manifest))),
  ];
  const unread: string[] = [];
  const ids = new UniqueIds(options.temporaryDirectory);
  try {
    for (const [index, { file, manifest }] of files.entries()) {
      options.signal.throwIfAborted();
      options.onFile(index, files.length);
      const result = await verifyFile(directory, file, idsOf(file, manifest, ids), options.signal);
      appendAll(differences, result.differences);
      if (!result.isRead) unread.push(file.path);
    }
  } finally {
    ids.close();
  }
  for (const { manifest } of manifests) {
    const dataset = datasetOf(manifest);
    if (dataset === null) continue;
    appendAll(differences, await verifyMedia(directory, manifest, dataset, options.signal));
  }
  const media = manifests.flatMap(({ manifest }) => manifest.media?.files ?? []);
  if (await isDirectoryOf(found, options.path)) {
    const listed = [
      ...[...files.map(({ file }) => file), ...media].map(({ path }) => path),
      ...manifests.map(({ path }) => path),
    ];
    appendAll(differences, await findForeignFiles(directory, new Set(listed)));
  }
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    manifests: manifests.map(({ path }) => path),
    files: files.length + media.length,
    bytes: sum([...files.map(({ file }) => file), ...media].map(({ bytes }) => bytes)),
    records: sum(manifests.map(({ manifest }) => manifest.records)),
    differences,
    unread,
  };
}

/** Returns the id columns of a file, and the set in which its ids must be unique; null when its rows have no id. */
function idsOf(file: Manifest["files"][number], manifest: Manifest, ids: UniqueIds) {
  const dataset = datasetOf(manifest);
  if (dataset === null || file.table !== dataset.table) return null;
  const { identity } = dataset;
  if (identity === null || identity === "bytes") return null;
  return { columns: identity.fields, seen: ids.within(isOncePerExport(dataset) ? "" : (file.part ?? "")) };
}

/** Returns the dataset of an export; null for one that this version does not know. */
function datasetOf({ request }: Manifest): Dataset | null {
  return allDatasets().find(({ name }) => name === request["dataset"]) ?? null;
}

/** Returns whether a record can occur in only one part. Records of other datasets may occur on several days. */
function isOncePerExport({ life, access }: Dataset): boolean {
  return life !== null || !hasDays(access);
}

async function isDirectoryOf({ directory }: FoundManifests, path: string): Promise<boolean> {
  return relative(directory, join(path)) === "";
}
