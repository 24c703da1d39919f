import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import type { ManifestDifference } from "./difference.ts";

/**
 * Returns the files of a directory that no manifest lists. Names that begin with a dot or an underscore are
 * omitted, because data lake readers ignore them.
 * @param known paths relative to the directory, with slashes
 */
export async function findForeignFiles(
  directory: string,
  known: ReadonlySet<string>,
): Promise<readonly ManifestDifference[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !known.has(path) && !path.split("/").some((name) => /^[._]/.test(name)))
    .toSorted()
    .map((path) => ({
      kind: "foreign-file",
      subject: path,
      summary: "the manifest does not list it, but tools that read the directory will include it",
    }));
}
