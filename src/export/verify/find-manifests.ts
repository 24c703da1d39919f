import { lstat, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../../core/errors.ts";
import { isMissingFile, reasonOf } from "../../core/system-error.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { readManifest } from "../manifest/read-manifest.ts";
import type { ManifestDifference } from "./difference.ts";

/** The manifests of an export: one, or one per worker that shared the directory. */
export interface FoundManifests {
  /** Directory to which the paths in the manifests are relative. */
  readonly directory: string;
  readonly manifests: readonly { readonly path: string; readonly manifest: Manifest }[];
  /** Workers without a manifest. */
  readonly missing: readonly ManifestDifference[];
}

const SHARD_MANIFEST = /^manifest\.shard-([1-9]\d{0,4})-of-([1-9]\d{0,4})\.json$/;

/**
 * Finds and reads the manifests of an export.
 * @param path directory or file of the export, or a manifest itself
 * @throws UsageError `usage.manifest` without a manifest; OutputError `output.state` for a damaged one
 */
export async function findManifests(path: string): Promise<FoundManifests> {
  const isDirectory = await lstat(path).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      if (isMissingFile(error)) return false;
      throw noManifest(path, reasonOf(error), error);
    },
  );
  if (!isDirectory) {
    const directory = dirname(path);
    const name = path.endsWith("manifest.json") ? basename(path) : `${basename(path)}.manifest.json`;
    return { directory, manifests: await readAll(path, directory, [name]), missing: [] };
  }
  const names = await readdir(path);
  const shards = names.flatMap((name) => {
    const [, number, count] = SHARD_MANIFEST.exec(name) ?? [];
    return count === undefined ? [] : [{ name, number: Number(number), count: Number(count) }];
  });
  const own = names.includes("manifest.json") || shards.length === 0 ? ["manifest.json"] : [];
  const manifests = await readAll(path, path, [...own, ...shards.map(({ name }) => name)].toSorted());
  return { directory: path, manifests, missing: findMissingShards(shards) };
}

async function readAll(
  path: string,
  directory: string,
  names: readonly string[],
): Promise<FoundManifests["manifests"]> {
  const found: { path: string; manifest: Manifest }[] = [];
  for (const name of names) {
    const manifest = await readManifest(join(directory, name));
    if (manifest === null) throw noManifest(path, `\`${join(directory, name)}\` does not exist`);
    found.push({ path: name, manifest });
  }
  return found;
}

function findMissingShards(
  shards: readonly { readonly number: number; readonly count: number }[],
): readonly ManifestDifference[] {
  const count = Math.max(0, ...shards.map((shard) => shard.count));
  const numbers = new Set(shards.filter((shard) => shard.count === count).map(({ number }) => number));
  return Array.from({ length: count }, (_, index) => index + 1)
    .filter((number) => !numbers.has(number))
    .map((number) => ({
      kind: "missing-manifest",
      subject: `manifest.shard-${number}-of-${count}.json`,
      summary: `worker ${number} of ${count} has not finished`,
    }));
}

function noManifest(path: string, why: string, cause?: unknown): UsageError {
  return new UsageError("usage.manifest", `\`${path}\` is not a finished export: ${why}`, {
    hint: "pass the directory or file that `export` wrote with --out",
    cause,
  });
}
