import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Manifest } from "../../src/export/manifest/manifest.ts";
import type { ExportSandbox } from "./export-sandbox.ts";

/** SHA-256 of each exported file by path. The export's own state is not included. */
export type Files = Readonly<Record<string, string>>;

/** Returns the hashes of the table files below `directory`. */
export function tableFiles(directory: string): Files {
  const paths = filesBelow(directory).filter(
    (path) => !/manifest(\.shard-[\w-]+)?\.json$/.test(path) && !path.includes(".genscope/"),
  );
  return Object.fromEntries(paths.map((path) => [path, sha256(join(directory, path))]));
}

/** Returns every file below the directory in alphabetical order, including hidden ones. */
export function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
}

/** Returns the files that a complete export must not leave behind: spools, unfinished files, locks. */
export function leftovers(directory: string): readonly string[] {
  return filesBelow(directory).filter(
    (path) =>
      /(^|\/)\./.test(path) &&
      !/(^|\/)\.genscope\/(shard-\d+-of-\d+\/)?(export\.json|run-\d+-[0-9a-f]+\/((state|settled)\.json|parts\/[^/]+\/(journal|media)\.\d+\.ndjson))$/.test(
        path,
      ),
  );
}

export function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, "utf8")) as Manifest;
}

/** Returns each file twice: as the manifest lists it, and as it is on disk. */
export function compareManifest(manifestPath: string): {
  readonly listed: readonly object[];
  readonly found: readonly object[];
} {
  const manifest = readManifest(manifestPath);
  const files = [...manifest.files, ...(manifest.media?.files ?? [])];
  const directory = dirname(manifestPath);
  return {
    listed: files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    found: files.map(({ path }) => {
      const file = join(directory, path);
      return { path, bytes: statSync(file).size, sha256: sha256(file) };
    }),
  };
}

/** Returns the lines of an NDJSON file, with or without gzip. */
export function linesOf(path: string): readonly string[] {
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").split("\n").slice(0, -1);
}

/**
 * Returns the sandbox's records in each of these intervals, in order. They have attributes, as in job results, except
 * in a provisional interval.
 */
export async function truthOf(
  { sandbox }: Pick<ExportSandbox, "sandbox">,
  stretches: readonly { readonly interval: string | null; readonly isProvisional: boolean }[],
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { interval, isProvisional } of stretches) {
    const [startMs = Number.NaN, endMs = Number.NaN] = (interval ?? "").split("/").map(Date.parse);
    const day = new Date(startMs).toISOString().slice(0, 10);
    const response = await fetch(
      `${sandbox.url}/sandbox/truth/conversations?day=${day}&attributes=${!isProvisional}`,
    );
    for (const line of (await response.text()).split("\n").slice(0, -1)) {
      const { conversationStart } = JSON.parse(line) as { readonly conversationStart: string };
      const startedAtMs = Date.parse(conversationStart);
      if (startedAtMs >= startMs && startedAtMs < endMs) lines.push(line);
    }
  }
  return lines;
}

function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
