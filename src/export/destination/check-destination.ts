import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "../../core/errors.ts";
import { isDiskFull, isMissingFile, reasonOf } from "../../core/system-error.ts";
import type { Destination } from "./destination.ts";
import { probe } from "./work-directory.ts";

/**
 * Checks before any request that files can be created at the destination. It creates a directory and removes it again,
 * because permissions alone prove nothing. A superuser has every permission, even below `/proc`.
 * @throws UsageError `usage.destination`
 */
export async function checkDestination(destination: Destination): Promise<void> {
  if (destination.kind === "stdout") return;
  const { kind, path } = destination;
  const directory = await findExisting(kind === "file" ? dirname(path) : path);
  if (directory.isDirectory) await assertWritable(path, directory.path);
  else throw refused(path, `\`${directory.path}\` is not a directory`);
}

/**
 * Returns the path itself, or its nearest existing parent.
 * @throws UsageError `usage.destination`
 */
async function findExisting(path: string): Promise<{ readonly path: string; readonly isDirectory: boolean }> {
  for (let at = path; ; at = dirname(at)) {
    try {
      return { path: at, isDirectory: (await stat(at)).isDirectory() };
    } catch (error) {
      if (!isMissingFile(error) || dirname(at) === at) throw refused(path, reasonOf(error), error);
    }
  }
}

async function assertWritable(path: string, directory: string): Promise<void> {
  try {
    await probe(directory);
  } catch (error) {
    // A full disk does not make the destination invalid. An existing export there may still be resumed, and a failing
    // write reports the full disk anyway.
    if (isDiskFull(error)) return;
    // The directory exists, so `no such file` means that its file system, such as `/proc`, creates no files.
    throw isMissingFile(error)
      ? refused(path, `files cannot be created in \`${directory}\``, error)
      : refused(path, `\`${directory}\` cannot be written: ${reasonOf(error)}`, error);
  }
}

function refused(path: string, why: string, cause?: unknown): UsageError {
  return new UsageError("usage.destination", `\`${path}\` cannot hold an export: ${why}`, {
    hint: "choose another path with --out PATH",
    cause,
  });
}
