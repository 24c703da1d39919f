import { join } from "node:path";
import { OutputError } from "../../core/errors.ts";
import { readFailure } from "../../core/files/file-failure.ts";
import { grouped, plural } from "../../core/text.ts";
import { readBack } from "../files/read-back.ts";
import type { WrittenFile } from "../files/written-file.ts";
import { FORMATS, type Format, formatNames } from "../writers/formats.ts";
import { canRead } from "../writers/reading/decompressed.ts";
import type { ManifestDifference } from "./difference.ts";
import type { IsNewId } from "./unique-ids.ts";

/** The columns that contain the id of a row, and the ids seen so far. */
export interface FileIds {
  readonly columns: readonly string[];
  readonly seen: IsNewId;
}

/**
 * Compares a file with its entry in the manifest.
 * @returns its differences; `isRead` is false for a file whose rows genscope cannot read
 * @throws OutputError when the file can't be read
 */
export async function verifyFile(
  directory: string,
  file: WrittenFile,
  ids: FileIds | null,
  signal: AbortSignal,
): Promise<{ readonly differences: readonly ManifestDifference[]; readonly isRead: boolean }> {
  const changed = await compareBytes(directory, file);
  if (changed !== null) return { differences: [changed], isRead: true };
  const path = join(directory, file.path);
  const format = formatOf(file.path);
  if (format === null || !canRead(path)) return { differences: [], isRead: false };
  const reader = await FORMATS[format].openContent();
  let rows = 0;
  let repeated = 0;
  try {
    await reader.read(path, ids?.columns ?? [], (id) => {
      if (rows % 4096 === 0) signal.throwIfAborted();
      rows += 1;
      if (id !== null && ids !== null && !ids.seen(id)) repeated += 1;
    });
  } catch (error) {
    if (signal.aborted) throw error;
    const why = error instanceof Error ? error.message : String(error);
    return {
      differences: [differenceOf("wrong-rows", file.path, `not valid ${FORMATS[format].label}: ${why}`)],
      isRead: true,
    };
  }
  return {
    differences: [
      ...(rows === file.rows
        ? []
        : [differenceOf("wrong-rows", file.path, `${plural(rows, "row")} instead of ${grouped(file.rows)}`)]),
      ...(repeated === 0
        ? []
        : [
            differenceOf(
              "repeated-record",
              file.path,
              `${plural(repeated, "record")} with the id of an earlier record`,
            ),
          ]),
    ],
    isRead: true,
  };
}

/**
 * Returns the difference: a missing file, another size or another hash. Null when the file contains the bytes that were
 * written.
 * @throws OutputError `output.state` when the file cannot be read
 */
export async function compareBytes(
  directory: string,
  { path, bytes, sha256 }: Pick<WrittenFile, "path" | "bytes" | "sha256">,
): Promise<ManifestDifference | null> {
  if (path.startsWith("/") || path.split("/").includes("..")) {
    return differenceOf("missing-file", path, "the path leads outside the directory");
  }
  const found = await readBack(join(directory, path)).catch((error: unknown) => {
    const { message, ...options } = readFailure(join(directory, path), error);
    throw new OutputError("output.state", message, options);
  });
  if (found === null) return differenceOf("missing-file", path, "the file is missing or is a link");
  if (found.bytes !== bytes) {
    return differenceOf("changed-file", path, `${plural(found.bytes, "byte")} instead of ${grouped(bytes)}`);
  }
  return found.sha256 === sha256
    ? null
    : differenceOf("changed-file", path, "its SHA-256 does not match the manifest");
}

/** Returns the format for the extension of a path; null for any other extension. */
export function formatOf(path: string): Format | null {
  const bare = path.replace(/\.(?:gz|zst)$/, "");
  return (
    formatNames().find((name) => bare.endsWith(`.${name}`)) ?? (bare.endsWith(".jsonl") ? "ndjson" : null)
  );
}

function differenceOf(
  kind: ManifestDifference["kind"],
  subject: string,
  summary: string,
): ManifestDifference {
  return { kind, subject, summary };
}
